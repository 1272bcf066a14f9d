package io.stockobserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.HomeCopy;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Lane;
import io.stockobserver.tape.Draft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./observer package} as a person and a script see it. */
class PackageCommandTest {
  private static final String HOME = "observer.home";
  private static final Instant START = Instant.parse("2021-03-05T00:29:50Z");

  @TempDir Path folder;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private Path data;
  private HomeCopy home;

  @BeforeEach
  void record() throws IOException {
    Path place = Files.createDirectories(folder.resolve("my observer"));
    home = HomeCopy.in(place);
    data = place.resolve("data");
    System.setProperty(HOME, place.toString());
    System.setOut(new PrintStream(told, true, UTF_8));
    System.setErr(new PrintStream(complained, true, UTF_8));
    try (Archive archive =
        Archive.open(
            ArchiveSettings.of(data, "kis", "kr_stocks", ZoneId.of("Asia/Seoul")), () -> START)) {
      archive.number(List.of(Draft.heard(START, 1, "kis-trade", "one".getBytes(UTF_8))));
      archive.line(Lane.SCALP, START, "{\"symbol\":\"005930\"}".getBytes(UTF_8));
      archive.append(new ChannelAppender(data));
    }
  }

  @AfterEach
  void giveBack() {
    System.setOut(out);
    System.setErr(err);
    System.clearProperty(HOME);
  }

  private int run(String... more) {
    List<String> words = new ArrayList<>(List.of("package", "--data", data.toString()));
    words.addAll(List.of(more));
    told.reset();
    complained.reset();
    return ObserverCommand.run(words.toArray(String[]::new));
  }

  private static String text(ByteArrayOutputStream from) {
    return from.toString(UTF_8).strip();
  }

  @Test
  void theNewestDayIsFrozenAndASecondTimeThereIsNothingNew() {
    assertThat(run()).isEqualTo(ObserverCommand.DONE);
    assertThat(text(told)).startsWith("kis/20210305/1: 3 files, ").endsWith(", complete");
    assertThat(data.resolve("package/kis/20210305/1/SUCCESS.marker")).isNotEmptyFile();
    assertThat(folder.resolve("my observer/keys/package.key")).isNotEmptyFile();

    assertThat(run()).isEqualTo(ObserverCommand.DONE);
    assertThat(text(told)).startsWith("kis/20210305/1: ").endsWith("no new version");
    assertThat(ObserverCommand.run("verify", data.toString())).isEqualTo(ObserverCommand.DONE);
  }

  @Test
  void scriptsGetJson() {
    assertThat(run("20210305", "--provider", "kis", "--json")).isEqualTo(ObserverCommand.DONE);
    assertThat(text(told))
        .startsWith(
            "{\"packages\":[{\"provider\":\"kis\",\"package\":\"kis/20210305/1\",\"made\":true,"
                + "\"complete\":true,\"open\":[],\"files\":3,\"bytes\":");
  }

  @Test
  void aDamagedFileIsNoWithTheFileAndTheRemedy() throws IOException {
    Files.writeString(data.resolve("scalp/kis/kr_stocks/20210305/09_29_50.jsonl"), "{}\n");

    assertThat(run("20210305")).isEqualTo(ObserverCommand.NO);
    assertThat(text(complained))
        .isEqualTo(
            "observer: scalp/kis/kr_stocks/20210305/09_29_50.jsonl: its content is not what the"
                + " manifest says; see ./observer verify, and restore it from a backup: ./observer"
                + " restore 20210305 --from DIR");
  }

  @Test
  void badWordsAreTwoAndWhatIsOutOfReachIsThree() throws Exception {
    assertThat(run("yesterday")).isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(run("20210306")).isEqualTo(ObserverCommand.UNUSABLE);
    assertThat(text(complained)).contains("has nothing of 20210306");
    try (ArchiveLock held = ArchiveLock.take(data, Instant::now)) {
      assertThat(held.token()).isNotEmpty();
      assertThat(run()).isEqualTo(ObserverCommand.UNUSABLE);
      assertThat(text(complained))
          .contains("is being written by process " + ProcessHandle.current().pid());
    }
    home.slip("config/application.properties", "keys/package.key", "data/package.key");
    assertThat(run()).isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(text(complained)).contains("package.key").contains("a file outside of archive.dir");
  }
}
