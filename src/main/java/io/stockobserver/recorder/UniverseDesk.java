package io.stockobserver.recorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.Sha256;
import io.stockobserver.evidence.Event;
import io.stockobserver.market.Stamp;
import io.stockobserver.tape.Entry;
import io.stockobserver.universe.Listing;
import io.stockobserver.universe.Universe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the sources of today's universe and freezes it once all are there: one file a trading
 * day that later sessions of the day use as it is. Owned by the recorder's lock.
 */
final class UniverseDesk {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final RecorderSettings settings;
  private final Archive archive;
  private final Journal journal;
  private final Map<String, List<Listing>> parts = new LinkedHashMap<>();
  private final Map<String, Universe.Source> sources = new LinkedHashMap<>();

  UniverseDesk(RecorderSettings settings, Archive archive, Journal journal) {
    this.settings = settings;
    this.archive = archive;
    this.journal = journal;
  }

  void newDay() {
    parts.clear();
    sources.clear();
  }

  /** Takes one source; returns the universe once it is complete, null before. */
  @Nullable Universe take(String source, List<Listing> listings, Entry answer, Days days) {
    if (days.members().frozen()) {
      return null;
    }
    parts.put(source, listings);
    sources.put(source, new Universe.Source(source, Sha256.of(answer.body())));
    Set<String> needed = settings.universeSources().needed(parts);
    if (!parts.keySet().containsAll(needed)) {
      return null;
    }
    sources.keySet().retainAll(needed);
    Instant at = answer.heardAt();
    Universe universe = of(settings.universeSources().together(parts), at, days);
    String path = path(days);
    try {
      archive.keep(path, JSON.writeValueAsBytes(universe));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a universe that is no JSON", e);
    } catch (ArchiveException e) {
      // A file of that name that could not be read at the start: it stays, and the day is observed.
      journal.event(
          Event.of("validation_failed", at)
              .with("path", path)
              .with("reason", "universe-not-kept")
              .with("detail", e.getMessage()));
      return universe;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " could not be written", e);
    }
    journal.event(
        Event.of("universe_created", at)
            .with("path", path)
            .with("rule", settings.ruleText())
            .with("counts", universe.counts()));
    return universe;
  }

  /** What serves until today's is frozen, where nothing else does; null where nothing can. */
  @Nullable Universe meanwhile(Instant at, Days days) {
    List<Listing> known = settings.universeSources().meanwhile(parts);
    if (known == null) {
      return null;
    }
    Universe universe = of(known, at, days);
    journal.event(
        Event.of("universe_meanwhile", at)
            .with("rule", settings.ruleText())
            .with("counts", universe.counts()));
    return universe;
  }

  private Universe of(List<Listing> listings, Instant at, Days days) {
    return Universe.of(
        date(days),
        settings.provider(),
        settings.market(),
        Stamp.of(at),
        settings.ruleText(),
        settings.rule(),
        List.copyOf(sources.values()),
        listings);
  }

  /** The universe that was frozen there, as the tape vouches for it. */
  Universe read(String path, String sha256) throws IOException {
    byte[] json = Files.readAllBytes(settings.root().resolve(path));
    if (!Sha256.of(json).equals(sha256)) {
      throw new IOException("its content is not what the tape says");
    }
    return Universe.parse(json);
  }

  /** Where today's universe is, or will be, below the archive's root. */
  String path(Days days) {
    return "universe/" + settings.provider() + "/" + settings.market() + "/" + date(days) + ".json";
  }

  private static String date(Days days) {
    return days.today().date().format(DateTimeFormatter.BASIC_ISO_DATE);
  }
}
