package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.venue.FeedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 12: heartbeats and nothing else; three slots, and a limit of thirty seconds. */
class TrickleTest {
  @TempDir Path root;
  private Rig rig;

  @BeforeEach
  void rig() {
    rig = new Rig(root).started();
    rig.to("09:35").connected();
    rig.hear("rows A,10000,50,5 B,10000,40,5 C,10000,30,5");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aQuietMarketIsSaidOnceAndTheFeedStays() {
    for (String time : List.of("09:35:10", "09:35:30", "09:36", "09:37")) {
      rig.to(time).hear("beat");
    }
    rig.to("09:40").sweep("09:40", "A,10000,50 B,10000,40 C,10000,30 D,10000,99 E,10000,99");
    assertThat(rig.recorder.deadFeed()).isNull();
    assertThat(quiet()).containsExactly("09:35");
    rig.to("09:41").hear("rows A,10000,51,1");
    rig.to("09:42").hear("beat");
    assertThat(quiet()).as("another stretch").containsExactly("09:35", "09:41");
  }

  @Test
  void slotsThatTradeWhileTheFeedIsSilentMakeItDead() {
    rig.to("09:35:50").hear("beat");
    rig.to("09:40").sweep("09:40", "A,10000,51 B,10000,40 C,10000,31 D,10000,99");
    assertThat(rig.recorder.deadFeed()).as("two of three slots").isNull();
    rig.to("09:40:05").sweep("09:40", "B,10000,41");
    assertThat(rig.recorder.deadFeed())
        .isEqualTo("heartbeat_only: 3 slots trade, no data for 305s");
    rig.to("09:40:06");
    rig.message(FeedMessage.closed(1, 0, Duration.ZERO, "1000 " + rig.recorder.deadFeed(), 0));
    assertThat(rig.recorder.deadFeed()).as("nothing is open").isNull();
    rig.to("09:40:08").opened(1);
    rig.confirmAll();
    assertThat(rig.gaps("ws_disconnect"))
        .as("from the last data, not from the last heartbeat")
        .containsExactly("09:35:00-09:40:08");
    assertThat(details()).containsExactly("heartbeat_only");
  }

  @Test
  void dataInTimeSavesIt() {
    rig.to("09:40").sweep("09:40", "A,10000,51 B,10000,41 C,10000,31");
    assertThat(rig.recorder.deadFeed()).isNotNull();
    rig.hear("rows A,10000,52,1");
    assertThat(rig.recorder.deadFeed()).isNull();
    rig.to("09:40:20").sweep("09:40", "A,10000,53 B,10000,42 C,10000,32");
    assertThat(rig.recorder.deadFeed()).as("twenty seconds are no silence").isNull();
    rig.to("09:40:30").hear("beat");
    assertThat(rig.recorder.deadFeed()).isNotNull();
  }

  /** What traded while there was no connection could not be heard. */
  @Test
  void afterAReconnectTheFirstAnswerIsTheMeasure() {
    rig.to("09:36").lost();
    rig.to("09:39").opened(1);
    rig.confirmAll();
    rig.to("09:40").sweep("09:40", "A,10000,60 B,10000,60 C,10000,60");
    assertThat(rig.recorder.deadFeed()).isNull();
    rig.to("09:50").sweep("09:50", "A,10000,61 B,10000,61 C,10000,61");
    assertThat(rig.recorder.deadFeed()).isNotNull();
  }

  @Test
  void whatIsRefusedIsDataToo() {
    rig.to("09:35:40").sweep("09:40", "A,10000,51 B,10000,41 C,10000,31");
    assertThat(rig.recorder.deadFeed()).isNotNull();
    rig.hear("rows UNKNOWN,10000,5,5");
    assertThat(rig.recorder.deadFeed()).as("it says something, whatever it is worth").isNull();
  }

  @Test
  void outsideTheSessionNobodyIsSurprised() {
    rig.to("15:31").sweep("15:31", "A,10000,51 B,10000,41 C,10000,31");
    assertThat(rig.recorder.deadFeed()).isNull();
    assertThat(quiet()).isEmpty();
  }

  private List<String> quiet() {
    return rig.events("feed_quiet").stream()
        .map(n -> Rig.local(n, "since").replaceFirst(":00$", ""))
        .toList();
  }

  private List<String> details() {
    return rig.events("gap_marker").stream()
        .map(n -> n.path("detail"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(detail -> detail.startsWith("heartbeat"))
        .toList();
  }
}
