package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.FaultScript;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault row 14: of frames that come twice, in the wrong order or long after their time, the tape
 * has every one, set aside has what tells nothing new, and the lines are those of a clean feed.
 */
class RepeatIT {
  private static final int FIELDS = 47;
  private static final int PRICE = 2;
  private static final int SIZE = 12;
  private static final int ACC = 13;

  @TempDir Path dir;

  @Test
  void aFeedThatRepeatsItselfForAMoment() {
    repeats(0.1, Duration.ofSeconds(4));
  }

  @Test
  @Tag("fault")
  void aFeedThatRepeatsItselfForTenMinutes() {
    repeats(0.01, Duration.ofMinutes(10));
  }

  private void repeats(double share, Duration time) {
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .set("slot.kis.min-stay", "1h") // the reading by hand knows of nobody who comes back
            .venue(v -> v.withRecordsPerSecond(600).withRecordsPerFrame(2))
            .venue(
                v ->
                    v.withFaults(
                        FaultScript.of(
                            Fault.of(FaultKind.DUPLICATE).withShare(share),
                            Fault.of(FaultKind.OUT_OF_ORDER).withShare(share),
                            Fault.of(FaultKind.REPEAT).withShare(share))))
            .observe()) {
      o.awaitSlots(41);
      o.pass(time);
      o.hushAndEnd();
      Books books = o.books();
      books.verified();
      List<Entry> frames =
          books.tape().stream()
              .filter(e -> e.direction() == Direction.IN && e.text().startsWith("0|"))
              .toList();
      assertThat(frames).as("raw keeps all").hasSize((int) o.venue().traffic().framesSent());
      Reading read = new Reading(books);
      assertThat(read.aside).as("told twice and told late").hasSizeGreaterThan(20);
      assertThat(read.aside).anyMatch(s -> s.contains("repeated"));
      assertThat(read.aside).anyMatch(s -> s.contains("backwards"));
      assertThat(
              books.setAside().stream()
                  .map(
                      l -> text(l, "tape_ref") + ' ' + text(l, "symbol") + ' ' + text(l, "reason")))
          .containsExactlyInAnyOrderElementsOf(read.aside);
      assertThat(read.lines).isGreaterThan(41 * 4);
    }
  }

  /** The tape read by hand: of each symbol the trade with the highest volume so far. */
  private static final class Reading {
    private final Map<String, String[]> best = new HashMap<>();
    private final Map<String, BigDecimal> sampledAcc = new HashMap<>();
    private final Map<Instant, Map<String, JsonNode>> scalp = new HashMap<>();
    final List<String> aside = new ArrayList<>();
    int lines;

    Reading(Books books) {
      for (JsonNode line : books.scalp()) {
        scalp
            .computeIfAbsent(instant(line, "sample_time"), t -> new HashMap<>())
            .put(text(line, "symbol"), line);
      }
      for (Entry entry : books.tape()) {
        if (entry.direction() == Direction.IN && entry.text().startsWith("0|")) {
          frame(entry);
        } else if (entry.text().startsWith("{\"note\":\"sample\"")) {
          sample(instant(Books.json(entry.body()), "at"));
        }
      }
    }

    private void frame(Entry entry) {
      String[] all = entry.text().split("\\|", 4)[3].split("\\^", -1);
      for (int i = 0; i < all.length; i += FIELDS) {
        String[] record = Arrays.copyOfRange(all, i, i + FIELDS);
        String[] before = best.get(record[0]);
        int more = before == null ? 1 : acc(record).compareTo(acc(before));
        if (more > 0) {
          best.put(record[0], record);
          sampledAcc.putIfAbsent(record[0], acc(record).subtract(new BigDecimal(record[SIZE])));
        } else {
          String why = more < 0 ? "state-backwards" : "state-repeated";
          aside.add(entry.ref() + ' ' + record[0] + ' ' + why);
        }
      }
    }

    private void sample(Instant at) {
      scalp
          .getOrDefault(at, Map.of())
          .forEach(
              (symbol, line) -> {
                String[] state = best.get(symbol);
                if (state == null) {
                  return; // still the sweep's
                }
                lines++;
                assertThat(line.path("acc_volume").decimalValue())
                    .as("%s at %s", symbol, at)
                    .isEqualByComparingTo(acc(state));
                assertThat(line.path("last_price").decimalValue())
                    .isEqualByComparingTo(state[PRICE]);
                assertThat(line.path("volume").decimalValue())
                    .as("volume of %s at %s", symbol, at)
                    .isEqualByComparingTo(acc(state).subtract(sampledAcc.get(symbol)));
                sampledAcc.put(symbol, acc(state));
              });
    }

    private static BigDecimal acc(String[] record) {
      return new BigDecimal(record[ACC]);
    }
  }
}
