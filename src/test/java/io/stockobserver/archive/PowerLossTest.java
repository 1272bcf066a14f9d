package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.packing.PackageKeys;
import io.stockobserver.backup.packing.PackageRefused;
import io.stockobserver.backup.packing.Packager;
import io.stockobserver.backup.packing.Verdict;
import io.stockobserver.tape.TapeLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault row 2: the power goes at any act of writing, sealing, packaging or receiving a receipt, and
 * the disk keeps of what was not forced whatever it likes. What was forced, sealed, packaged or
 * proven is there and whole; the next start goes on.
 */
class PowerLossTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

  @TempDir Path dir;
  private final Map<String, Integer> cuts = new TreeMap<>();

  /** One life of an archive, until its power goes. */
  private final class Life {
    private final Random random;
    private final Path root;
    private final PowerDisk disk;
    private final HandClock clock = new HandClock(START);
    private final List<String> written = new ArrayList<>();
    private long forcedSeq;
    private long forcedWords;
    private long seq;
    private final List<Receipt> receipts = new ArrayList<>();
    private final Set<PackageId> made = new HashSet<>();
    private long word;

    Life(long seed, Path root) {
      this.random = new Random(seed);
      this.root = root;
      this.disk = new PowerDisk(root, random, random.nextInt(1_200));
    }

    void live() throws IOException {
      Files.createDirectories(root);
      Archive archive = null;
      try {
        archive = open();
        for (int i = 0; i < 45 && !disk.isDead(); i++) {
          archive = step(archive);
        }
      } catch (IOException | RuntimeException gone) {
        if (!disk.isDead()) {
          throw gone;
        }
      } finally {
        close(archive);
      }
    }

    private Archive open() {
      return Archive.open(Given.settings(root).withSync(Duration.ofDays(1)), clock, disk);
    }

    private void close(Archive archive) {
      try {
        if (archive != null) {
          archive.close();
        }
      } catch (RuntimeException gone) {
        if (!disk.isDead()) {
          throw gone;
        }
      }
    }

    private Archive step(Archive archive) throws IOException {
      clock.pass(Duration.ofSeconds(1 + random.nextInt(90)));
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3 -> lines(archive);
        case 4, 5, 6 -> {
          lines(archive);
          if (archive.force()) {
            forcedSeq = seq;
            forcedWords = word;
          }
        }
        case 7, 8, 9 -> {
          lines(archive);
          archive.rotate(clock.instant());
          archive.seal();
        }
        case 10 -> clock.pass(Duration.ofHours(random.nextInt(14)));
        case 11 -> pack(archive);
        case 12 -> receipt();
        default -> {
          archive.close();
          return open();
        }
      }
      return archive;
    }

    private void lines(Archive archive) {
      Instant now = clock.instant();
      seq = archive.number(List.of(Given.frame(now, "frame " + ++word))).get(0).seq();
      for (Lane lane : List.of(Lane.SCALP, Lane.SWING, Lane.EVENTS)) {
        String line =
            "{\"timestamp\":\"%s\",\"word\":%d}".formatted(ManifestJson.instant(now), ++word);
        archive.line(lane, now, line.getBytes(UTF_8));
        written.add(line);
      }
      archive.append(disk);
    }

    private void pack(Archive archive) {
      try {
        made.add(
            new Packager(
                    archive,
                    disk,
                    new PackageKeys(dir.resolve("keys/package.key")),
                    day -> new Verdict(List.of(), List.of()),
                    event -> {},
                    clock,
                    1)
                .make(random.nextBoolean() ? FRIDAY : day(), Packager.Progress.NONE)
                .id());
      } catch (PackageRefused nothing) {
        // no such day yet, or the power went
      }
    }

    private LocalDate day() {
      return clock.instant().atZone(Given.SEOUL).toLocalDate();
    }

    private void receipt() throws IOException {
      for (PackageId id : made) {
        Receipt receipt =
            new Receipt(
                Receipt.Kind.DRILLED,
                id,
                new PackageShelf(root).sha256(id),
                "pc-" + random.nextInt(3),
                clock.instant(),
                1,
                1,
                1,
                1);
        disk.replace(root.resolve(receipt.path()), receipt.write());
        receipts.add(receipt);
      }
    }

    /** What the disk has when the power is back. */
    void check(Path after) throws IOException {
      disk.restart(after);
      cuts.merge(disk.last().replaceAll(" .*", ""), 1, Integer::sum);
      sound(after, "after the cut");
      PackageShelf shelf = new PackageShelf(after);
      assertThat(shelf.all()).containsAll(made);
      for (Receipt receipt : receipts) {
        assertThat(Receipt.parse(Files.readAllBytes(after.resolve(receipt.path()))).id())
            .isEqualTo(receipt.id());
      }
      // A start keeps all that was forced, and goes on.
      HandClock later = new HandClock(clock.instant().plusSeconds(5));
      Disk next = FaultyDisk.withoutForcing();
      try (Archive archive = Archive.open(Given.settings(after), later, next)) {
        assertThat(archive.recovery().lastSeq()).isBetween(forcedSeq, seq);
        sound(after, "after the start");
        archive.number(List.of(Given.frame(later.instant(), "on")));
        archive.append(new ChannelAppender(after));
      }
      sound(after, "after the next end");
      Set<String> there = new HashSet<>();
      for (String name : Given.files(after)) {
        if (name.endsWith(".jsonl") && !name.startsWith("package/") && !name.startsWith("tape/")) {
          there.addAll(Files.readAllLines(after.resolve(name)));
        }
      }
      for (String line : written) {
        long number = Long.parseLong(line.replaceAll(".*:|}", ""));
        if (number <= forcedWords) {
          assertThat(there).contains(line);
        }
      }
      assertThat(readable(after)).isGreaterThanOrEqualTo(forcedSeq);
    }

    /** Entries of the tape; a page that is missing in what was not forced is told. */
    private long readable(Path after) throws IOException {
      long whole = 0;
      long damaged = 0;
      for (String path : tapes(after)) {
        try (SegmentReader reader = SegmentReader.open(after, path)) {
          for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            if (LineFacts.of(line.get().bytes()).valid()) {
              TapeLines.decode(line.get().bytes(), path, line.get().number());
              whole++;
            } else {
              damaged++;
            }
          }
        }
      }
      assertThat(toldDamaged(after)).isEqualTo(damaged);
      return whole;
    }

    private Set<String> tapes(Path after) throws IOException {
      Set<String> paths = new TreeSet<>();
      for (String name : Given.files(after)) {
        if (name.startsWith("tape/")) {
          paths.add(name.replace(".zst", ""));
        }
      }
      return paths;
    }

    private long toldDamaged(Path after) throws IOException {
      long told = 0;
      for (String name : Given.files(after)) {
        if (name.startsWith("manifest/kis/") && name.endsWith(".json")) {
          told +=
              Manifest.read(after.resolve(name)).files().stream()
                  .filter(entry -> entry.path().startsWith("tape/"))
                  .mapToLong(ManifestEntry::damagedLines)
                  .sum();
        }
      }
      return told;
    }

    private void sound(Path after, String when) throws IOException {
      if (Given.files(after).isEmpty()) {
        return; // it went before anything was forced
      }
      List<Problem> problems = Verification.of(after).problems();
      if (!problems.isEmpty()) {
        fail("%s, at %s: %s", when, disk.last(), problems);
      }
    }
  }

  private void cut(int seeds, long first) throws IOException {
    List<String> failures = new ArrayList<>();
    for (long seed = first; seed < first + seeds; seed++) {
      Path root = dir.resolve(seed + "/before");
      Path after = dir.resolve(seed + "/after");
      try {
        Life life = new Life(seed, root);
        life.live();
        life.check(after);
        delete(dir.resolve(Long.toString(seed)));
      } catch (AssertionError | RuntimeException | IOException wrong) {
        failures.add("seed " + seed + ": " + wrong);
      }
    }
    System.out.printf("%d power cuts, by the act: %s%n", seeds, cuts);
    assertThat(failures).isEmpty();
  }

  private static void delete(Path tree) throws IOException {
    try (var all = Files.walk(tree)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void sixtySeeds() throws IOException {
    cut(60, 1);
  }

  /** Of what was written since the last forcing a page is missing, and one behind it is not. */
  @Test
  void aHoleInWhatWasNotForcedIsToldAndTheLinesBehindItAreKept() throws IOException {
    cut(1, 1_680);
  }

  @Test
  @Tag("fault")
  void aThousandSeeds() throws IOException {
    cut(1_000, 1_000);
  }
}
