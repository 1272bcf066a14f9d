package io.stockobserver.backup.pulling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.backup.HandMade;
import io.stockobserver.backup.Killed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of either side during a pull: nothing is lost, and the next pull completes it. */
class PullKillTest {
  private static final PackageId ID = PackageId.parse("kis/20261120/2");
  private static final int FILES = 40;

  @TempDir Path folder;
  private HandMade made;
  private int port;

  private static Process start(String role, Path path, int port) throws IOException {
    return Killed.start(Killed.class, role, path.toString(), Integer.toString(port));
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  private void aBigDay() throws IOException {
    made = new HandMade(folder.resolve("data"));
    for (int i = 0; i < FILES; i++) {
      String path = "tape/kis/kr_stocks/20261120/09_%02d_00.jsonl".formatted(i);
      made.contents.put(path, HandMade.lines(25_000, i));
    }
    made.contents.put("manifest/kis/20261120.json", "{}\n".getBytes(StandardCharsets.UTF_8));
    made.write(ID.toString(), "2026-11-20T15:00:04.000Z");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  private void kills(int times) throws Exception {
    aBigDay();
    Random random = new Random(7);
    Path tree = folder.resolve("backup0");
    int midway = 0;
    Process server = start("serve", made.root(), port);
    try {
      for (int i = 1; i <= times; i++) {
        Process puller = start("pull", tree, port);
        boolean ended = puller.waitFor(100 + random.nextInt(900), TimeUnit.MILLISECONDS);
        midway += ended ? 0 : 1;
        if (i % 2 == 0) {
          kill(server);
          server = start("serve", made.root(), port);
          assertThat(puller.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } else {
          kill(puller);
        }
        holds(tree);
        if (isWhole(tree)) {
          completes(tree);
          tree = folder.resolve("backup" + i);
        }
      }
      completes(tree);
      assertThat(midway).as("kills in the middle").isGreaterThan(times / 4);
    } finally {
      kill(server);
    }
  }

  private boolean isWhole(Path tree) {
    return Files.exists(tree.resolve(ID.folder()).resolve("SUCCESS.marker"));
  }

  /** What is in its place is good; a package is there only when all of it is. */
  private void holds(Path tree) throws IOException {
    if (isWhole(tree)) {
      assertThat(made.isIn(tree)).isTrue();
    }
    for (String path : made.contents.keySet()) {
      Path file = tree.resolve(path + ".zst");
      if (Files.exists(file)) {
        assertThat(Files.readAllBytes(file)).isEqualTo(made.get(ID.folder() + "/" + path + ".zst"));
      }
    }
  }

  private void completes(Path tree) throws IOException {
    PullReport report = Killed.pull(tree, port);
    assertThat(report.exit()).as(report.toString()).isZero();
    assertThat(isWhole(tree)).isTrue();
    assertThat(made.isIn(tree)).isTrue();
    try (Stream<Path> all = Files.walk(tree)) {
      assertThat(all.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
    assertThat(tree.resolve("damaged")).doesNotExist();
    assertThat(List.of(tree.resolve("receipt/kis/20261120/2/pulled-pc.json")))
        .allSatisfy(receipt -> assertThat(receipt).exists());
  }

  @Test
  void fourKills() throws Exception {
    kills(4);
  }

  @Test
  @Tag("fault")
  void fiftyKills() throws Exception {
    kills(50);
  }
}
