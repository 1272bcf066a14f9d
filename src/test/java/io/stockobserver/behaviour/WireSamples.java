package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.mappings.Line;
import io.stockobserver.observe.Observation;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Understood;
import io.stockobserver.venue.WireReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A provider's {@code contract.yaml}: what its venue says on the wire, and what that means or why
 * it is refused, written by hand.
 */
final class WireSamples {
  private final String folder;
  private final Map<String, Object> page;

  /** The one beside a provider's recorded messages. */
  WireSamples(String provider) {
    folder = "/io/stockobserver/provider/" + provider + '/';
    page = map(new Load(LoadSettings.builder().build()).loadFromString(text("contract.yaml")));
  }

  /** Every message that is read has its lines, and no other. */
  void areRead(String provider, String market, WireReader reader) {
    List<Map<String, Object>> all = list("reads");
    assertThat(all).isNotEmpty();
    for (Map<String, Object> sample : all) {
      Understood read = read(sample, reader);
      assertThat(read.refusals).as(name(sample)).isEmpty();
      List<Map<String, Object>> lines = maps(sample.get("lines"));
      assertThat(read.observed).as(name(sample)).hasSameSizeAs(lines);
      for (int i = 0; i < lines.size(); i++) {
        Observation one = read.observed.get(i);
        assertThat(shown(Line.of(provider, market, one), lines.get(i)))
            .as("%s, line %d", name(sample), i)
            .isEqualTo(new TreeMap<>(lines.get(i)));
      }
    }
  }

  /** What travels beside a line is looked at where the page names it. */
  private static Map<String, String> shown(Map<String, String> line, Map<String, Object> named) {
    Map<String, String> shown = new TreeMap<>(line);
    shown.keySet().removeIf(key -> key.startsWith(Line.SPECIFIC) && !named.containsKey(key));
    return shown;
  }

  /** Every misfit is refused by its name, as many records as it declares, and nothing else is. */
  void areRefused(WireReader reader) {
    List<Map<String, Object>> all = list("refuses");
    assertThat(all).isNotEmpty();
    for (Map<String, Object> sample : all) {
      Understood read = read(sample, reader);
      assertThat(read.refusals)
          .as(name(sample))
          .extracting(Understood.Refusal::reason)
          .isEqualTo(reasons(sample.get("reason")));
      assertThat(read.refusals.stream().mapToInt(Understood.Refusal::records).sum())
          .isEqualTo(sample.get("records"));
      assertThat(read.observed).hasSize((Integer) sample.getOrDefault("kept", 0));
    }
  }

  private static String name(Map<String, Object> sample) {
    return String.valueOf(sample.getOrDefault("name", sample.get("heard")));
  }

  private static List<?> reasons(Object oneOrSeveral) {
    return oneOrSeveral instanceof List<?> list ? list : List.of(oneOrSeveral);
  }

  /**
   * What was said stands on the page, or in a file beside it. One that answers a request has {@code
   * asked}; any other came on the feed.
   */
  private Understood read(Map<String, Object> sample, WireReader reader) {
    String name = name(sample);
    Object says = sample.get("says");
    byte[] body = (says == null ? text(name) : says.toString()).getBytes(StandardCharsets.UTF_8);
    Understood out = new Understood();
    Object asked = sample.get("asked");
    if (asked == null) {
      reader.readFeed(entry(0, body), out);
    } else {
      byte[] request = asked.toString().getBytes(StandardCharsets.UTF_8);
      reader.readAnswer(entry(200, body), entry(0, request), out);
    }
    assertThat(out.accounted).as("declared = kept + set aside of %s", name).isEqualTo(out.declared);
    return out;
  }

  private Entry entry(int status, byte[] body) {
    Instant at = Instant.parse(String.valueOf(page.get("heard_at")));
    return new Entry(7, new Draft(at, 0, "wire", Direction.IN, 6, status, body), "tape/x.jsonl", 3);
  }

  private String text(String name) {
    try (InputStream in = WireSamples.class.getResourceAsStream(folder + name)) {
      assertThat(in).as(folder + name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Map<String, Object>> list(String key) {
    return maps(page.get(key));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> maps(Object tree) {
    return (List<Map<String, Object>>) tree;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }
}
