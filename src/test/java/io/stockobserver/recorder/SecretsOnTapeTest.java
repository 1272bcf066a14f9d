package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import io.stockobserver.venue.FeedMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever brings a secret, the archive has none; the rest of it stays as it was heard. */
class SecretsOnTapeTest {
  private static final String KEY = "PSxyz/0123456789abcdef";
  private static final String PASSWORD = "10000,15";

  @TempDir Path root;
  private final List<String> seen = new ArrayList<>();
  private Rig rig;

  @BeforeEach
  void rig() {
    rig = new Rig(root);
    rig.secrets.alarm(sighting -> seen.add(sighting.owner() + ": " + sighting.where()));
    rig.secrets.learn("kis", KEY);
    rig.secrets.learn("OBSERVER_PASSWORD", PASSWORD);
    rig.started().connected();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aKeyInWhatStreamsIsMaskedAndAlarms() {
    rig.to("09:31").hear("what is " + KEY + "?");
    assertThat(rig.tape().toString()).contains("what is [secret]?").doesNotContain(KEY);
    assertThat(rig.aside() + " " + rig.events("validation_failed")).doesNotContain(KEY);
    assertThat(seen).containsExactly("kis: a message of the feed");
  }

  @Test
  void aPasswordThatIsSomeSymbolsFiguresLeavesTheMarketAlone() {
    rig.to("09:31").hear("rows A," + PASSWORD + ",5");
    assertThat(rig.tape().toString()).contains("rows A," + PASSWORD + ",5");
    assertThat(seen).isEmpty();
    rig.recorder.note("x", "my_note", Map.of("said", PASSWORD));
    assertThat(seen).containsExactly("OBSERVER_PASSWORD: an answer or a note on the tape");
  }

  @Test
  void aKeyInTheHeadOfAGiantIsMaskedBeforeItIsWrapped() {
    byte[] head = ("0|" + KEY + "|").getBytes(StandardCharsets.UTF_8);
    rig.message(
        FeedMessage.oversize(head, new FeedMessage.Digest(true, 5_000_000, "cafe"), rig.nanos()));
    String told = rig.tape().get(rig.tape().size() - 1).path("body").asText();
    String wrapped = told.replaceAll(".*\"head_b64\":\"([^\"]*)\".*", "$1");
    assertThat(new String(Base64.getDecoder().decode(wrapped), StandardCharsets.UTF_8))
        .isEqualTo("0|[secret]|");
  }

  @Test
  void aKeyInTheWordsOfAVenueThatClosesIsMasked() {
    rig.to("09:32");
    rig.message(FeedMessage.closed(1, 0, Duration.ZERO, "1008 bad key " + KEY, rig.nanos()));
    assertThat(rig.tape().toString()).contains("1008 bad key [secret]").doesNotContain(KEY);
  }

  @Test
  void aKeyInAnEventBesideTheTapeIsMaskedHoweverDeepItIs() {
    rig.recorder.event(
        Event.of("my_event", rig.now())
            .with("detail", "it was " + KEY)
            .with("many", List.of("a", Map.of("k", KEY)))
            .with("n", 5));
    JsonNode event = rig.events("my_event").get(0);
    assertThat(event.path("detail").asText()).isEqualTo("it was [secret]");
    assertThat(event.path("many").toString()).isEqualTo("[\"a\",{\"k\":\"[secret]\"}]");
    assertThat(event.path("n").asInt()).isEqualTo(5);
    assertThat(seen).containsOnly("kis: an event").hasSize(2);
  }

  @Test
  void aFeedThatWasLostBeforeIsLostForTheSecretFromThenOn() {
    rig.to("09:31").hear("rows A,10000,5,5 B,10000,1,1 C,10000,1,1");
    rig.to("09:31:02").lost();
    rig.to("09:31:10").recorder.session().secretSeen();
    rig.to("09:41").recorder.session().stop("end");
    assertThat(rig.gaps("scalp", "ws_disconnect")).containsExactly("09:31:00-09:31:10");
    assertThat(rig.gaps("scalp", "secret_seen")).containsExactly("09:31:10-09:41:00");
    assertThat(rig.begun()).contains("scalp secret_seen 09:31:10");
  }

  @Test
  void theGapOfAFeedThatWasClosedForASecretSaysSo() {
    rig.to("09:31").hear("rows A,10000,5,5 B,10000,1,1 C,10000,1,1");
    rig.to("09:31:02").lost("1000 secret_seen");
    assertThat(rig.begun()).contains("scalp secret_seen 09:31:00");
    rig.recorder.note("swing", "sweep_missed", Map.of("at", rig.at("09:40"), "why", "secret_seen"));
    rig.to("09:41").recorder.session().stop("end");
    assertThat(rig.gaps("scalp", "secret_seen")).containsExactly("09:31:00-09:41:00");
    assertThat(rig.gaps("swing", "secret_seen")).containsExactly("09:40:00-09:50:00");
  }
}
