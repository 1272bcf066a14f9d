package io.stockobserver.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.market.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of all venues, looked at once a second and put into words once for whoever looks on.
 * {@link #next} is called once a second; everything may be called by any thread, and waits for the
 * recorders no longer than they let a person wait.
 */
public final class Dashboard {
  private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
  private static final JsonFactory JSON = new JsonFactory(new ObjectMapper());

  /** Some of JSON. */
  private interface Words {
    void write(JsonGenerator g) throws IOException;
  }

  /** A day's picture in words, and which one. */
  private record Told(String day, long version, byte[] json) {}

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final String since;
  private final RecentEvents events = new RecentEvents();
  private final Storage storage;
  private final List<VenueView> venues = new ArrayList<>();
  private final Map<String, Told> days = new HashMap<>();
  private byte[] live = utf8("{\"venues\":[]}");
  private long eventsTold;
  private boolean failing;

  /**
   * Of these venues, not looked at yet.
   *
   * @param root of the archive
   * @param clock of the market
   * @param nanos a monotonic clock
   */
  public Dashboard(List<Watched> watched, Path root, InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.since = Stamp.of(clock.instant());
    this.storage = new Storage(root);
    watched.forEach(one -> venues.add(new VenueView(one, root, events, storage)));
  }

  /**
   * Looks once more; what is sent to everybody who looks on: the state where it has changed, the
   * new events, and at least the time.
   */
  public synchronized byte[] next() {
    look();
    byte[] now = live();
    StringBuilder text = new StringBuilder();
    if (Arrays.equals(now, live)) {
      text.append("event: tick\ndata: ").append(now()).append("\n\n");
    } else {
      live = now;
      text.append(stateFrame());
    }
    List<ObjectNode> news = events.after(eventsTold);
    if (!news.isEmpty()) {
      eventsTold = events.last();
      text.append("event: events\ndata: ").append(news).append("\n\n");
    }
    return utf8(text);
  }

  private void look() {
    long now = nanos.getAsLong();
    storage.look(now);
    boolean failed = false;
    for (VenueView venue : venues) {
      try {
        venue.look(now);
      } catch (IOException | RuntimeException e) {
        failed = true;
        if (!failing) {
          LOG.warn("the page cannot look at {}", venue.provider(), e);
        }
      }
    }
    failing = failed;
  }

  /** What somebody is sent who begins to look on. */
  public synchronized byte[] first() {
    return utf8("retry: 3000\n" + stateFrame());
  }

  private String stateFrame() {
    return "event: state\ndata: {\"now\":"
        + now()
        + ",\"live\":"
        + new String(live, StandardCharsets.UTF_8)
        + "}\n\n";
  }

  private String now() {
    return '"' + Stamp.of(clock.instant()) + '"';
  }

  /** Everything at once: what is live, the last five minutes' figures, the last events. */
  public synchronized byte[] state() {
    return json(
        g -> {
          g.writeStartObject();
          g.writeStringField("now", Stamp.of(clock.instant()));
          g.writeStringField("since", since); // numbers of events begin anew with it
          g.writeFieldName("live");
          g.writeRawValue(new String(live, StandardCharsets.UTF_8));
          g.writeArrayFieldStart("rates");
          for (VenueView venue : venues) {
            g.writeStartObject();
            venue.writeRates(g);
            g.writeEndObject();
          }
          g.writeEndArray();
          g.writeArrayFieldStart("events");
          for (ObjectNode event : events.after(0)) {
            g.writeTree(event);
          }
          g.writeEndArray();
          g.writeEndObject();
        });
  }

  /** Today's coverage of a provider; null for one that is not observed here. */
  public synchronized byte @Nullable [] day(String provider) {
    for (VenueView venue : venues) {
      if (venue.provider().equals(provider)) {
        DayMap map = venue.day();
        Told had = days.get(provider);
        if (had == null
            || had.version() != map.version()
            || !had.day().equals(map.date().toString())) {
          had = new Told(map.date().toString(), map.version(), day(provider, map));
          days.put(provider, had);
        }
        return had.json();
      }
    }
    return null;
  }

  private static byte[] day(String provider, DayMap map) {
    return json(
        g -> {
          g.writeStartObject();
          g.writeStringField("provider", provider);
          map.write(g);
          g.writeEndObject();
        });
  }

  private byte[] live() {
    Instant now = clock.instant();
    return json(
        g -> {
          g.writeStartObject();
          storage.writeDisk(g);
          g.writeArrayFieldStart("venues");
          for (VenueView venue : venues) {
            g.writeStartObject();
            venue.write(g, now);
            g.writeEndObject();
          }
          g.writeEndArray();
          g.writeEndObject();
        });
  }

  private static byte[] json(Words words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 << 10);
    try (JsonGenerator g = JSON.createGenerator(out)) {
      words.write(g);
    } catch (IOException e) {
      throw new UncheckedIOException("JSON in memory", e);
    }
    return out.toByteArray();
  }

  private static byte[] utf8(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
