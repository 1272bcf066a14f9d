package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.mitigation.Mitigation;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Promise 5: the frequency drops, level by level, and no slot is given up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MitigationIT {
  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
  private static final String STRING = String.class.getName();

  private Observatory observatory;
  private Books books;
  private ObjectName name;

  /** When the level began by its event, and which. */
  private record Since(Instant at, int level) {}

  @BeforeAll
  void throughTheLevelsAndBack(@TempDir Path dir) throws Exception {
    name = new ObjectName("io.stockobserver:type=Mitigation,provider=kis");
    observatory =
        new Observatory(dir, "09:30:20")
            .set("slot.kis.min-stay", "1h")
            .set("mitigation.level1.rotate", "4s")
            .set("mitigation.level2.rotate", "2s")
            .observe();
    observatory.awaitSlots(41);
    observatory.awaitSamples(4);
    assertThat(JMX.getAttribute(name, "Level")).isEqualTo(0);
    assertThat(JMX.getAttribute(name, "Auto")).isEqualTo(true);
    override(1, "kim", "trying level 1");
    assertThat(JMX.getAttribute(name, "Level")).isEqualTo(1);
    assertThat(JMX.getAttribute(name, "Auto")).isEqualTo(false);
    observatory.awaitSamples(5);
    assertThatThrownBy(() -> override(3, "kim", "too much"))
        .isInstanceOf(RuntimeMBeanException.class)
        .hasRootCauseMessage("a level is 0 to 2, not 3");
    Mitigation mitigation = Objects.requireNonNull(observatory.running().mitigations().get("kis"));
    mitigation.override(2, "lee", "trying level 2");
    observatory.awaitSamples(4);
    JMX.invoke(name, "auto", new Object[] {"kim", "enough"}, new String[] {STRING, STRING});
    observatory.awaitSamples(4);
    observatory.hushAndEnd();
    books = observatory.books();
  }

  private void override(int level, String actor, String reason) throws Exception {
    JMX.invoke(
        name,
        "override",
        new Object[] {level, actor, reason},
        new String[] {"int", STRING, STRING});
  }

  @AfterAll
  void close() {
    observatory.close();
  }

  private List<Since> levels() {
    List<Since> all = new ArrayList<>();
    all.add(new Since(Instant.MIN, 0));
    books
        .events("mitigation_changed")
        .forEach(e -> all.add(new Since(instant(e, "timestamp"), e.path("to_level").asInt())));
    return all;
  }

  @Test
  void everyChangeIsAnEventWithActorAndReason() {
    assertThat(books.events("mitigation_changed"))
        .extracting(
            e ->
                text(e, "from_level")
                    + ">"
                    + text(e, "to_level")
                    + " "
                    + text(e, "condition")
                    + " "
                    + text(e, "actor")
                    + ": "
                    + text(e, "reason"))
        .containsExactly(
            "0>1 operator kim: trying level 1",
            "1>2 operator lee: trying level 2",
            "2>0 operator kim: enough");
  }

  /** Which level each sample on the tape came under, read from the order of the notes alone. */
  private Map<Instant, Integer> sampled() {
    Map<Instant, Integer> all = new HashMap<>();
    int level = 0;
    for (Entry entry : books.tape()) {
      String text = entry.text();
      if (text.startsWith("{\"note\":\"level\"")) {
        level = Books.json(entry.body()).path("to").asInt();
      } else if (text.startsWith("{\"note\":\"sample\"")) {
        all.put(instant(Books.json(entry.body()), "at"), level);
      }
    }
    return all;
  }

  @Test
  void everySlotHasEveryLineOfItsLevelsGridAndNoOther() {
    List<Since> levels = levels();
    Map<Instant, Integer> sampled = sampled();
    Map<String, List<JsonNode>> bySymbol = books.scalpBySymbol();
    assertThat(bySymbol).hasSize(41);
    Instant last = Instant.MIN;
    for (JsonNode line : books.scalp()) {
      Instant at = instant(line, "sample_time");
      last = at.isAfter(last) ? at : last;
    }
    for (Map.Entry<String, List<JsonNode>> slot : bySymbol.entrySet()) {
      Instant first = instant(slot.getValue().get(0), "sample_time");
      List<String> due = new ArrayList<>();
      for (Instant at = first; !at.isAfter(last); at = at.plusMillis(500)) {
        int level = 0;
        for (Since since : levels) {
          level = since.at().isAfter(at) ? level : since.level();
        }
        // A sample is taken a little after its instant; only the tape knows what came first.
        level = sampled.getOrDefault(at, level);
        long half = Duration.between(Observatory.at("00:00:00"), at).toMillis() / 500;
        if (half % new int[] {1, 2, 4}[level] == 0) {
          due.add(at + " at " + level);
        }
      }
      assertThat(slot.getValue())
          .as(slot.getKey())
          .extracting(l -> instant(l, "sample_time") + " at " + text(l, "mitigation_level"))
          .isEqualTo(due);
    }
  }

  @Test
  void noSlotIsGivenUp() {
    assertThat(books.events("slot_assigned")).hasSize(41);
    assertThat(books.events("slot_released")).isEmpty();
    assertThat(observatory.venue().traffic().connectionsOpened()).isEqualTo(1);
  }

  @Test
  void scalpFilesAreShorterAtHigherLevels() {
    List<String> files = books.files("scalp");
    for (int i = 1; i < files.size(); i++) {
      String path = files.get(i);
      JsonNode line = Books.json(books.raw(path).get(0));
      int level = line.path("mitigation_level").asInt();
      int second = Integer.parseInt(path.substring(path.length() - 8, path.length() - 6));
      assertThat(second % new int[] {1, 4, 2}[level]).as(path).isZero();
    }
    assertThat(files).hasSizeBetween(4, 12);
  }

  @Test
  void theArchiveVerifiesAndTheSameTapeLeavesTheSame(@TempDir Path other) throws IOException {
    books.verified();
    observatory.replays(other);
  }

  @Test
  void whenTheObserverIsGoneSoIsItsFace() {
    assertThatThrownBy(() -> JMX.getAttribute(name, "Level"))
        .isInstanceOf(InstanceNotFoundException.class);
  }
}
