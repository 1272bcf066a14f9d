package io.stockobserver.backup.packing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Disk;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest.Anomaly;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.evidence.Event;
import io.stockobserver.tape.Draft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Korean archive that is written by hand, minute by minute, and packaged from beside. */
final class Recorded implements AutoCloseable {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

  final Path dir;
  final Path root;
  final List<Event> events = new ArrayList<>();
  Disk disk = new LocalDisk();
  Verdict verdict = new Verdict(List.of(), List.of());
  int threads = 1;
  Path key;
  Archive archive;
  private Instant now;

  Recorded(Path dir, String time) {
    this.dir = dir;
    this.root = dir.resolve("data");
    this.key = dir.resolve("keys/package.key");
    this.now = at(time);
    this.archive = open();
  }

  /** Such as {@code 20T09:30:00}, of November 2026 in Seoul. */
  static Instant at(String time) {
    return LocalDateTime.parse("2026-11-" + time).atZone(SEOUL).toInstant();
  }

  /** What recovery has to say is written at once, as everybody does who opens one. */
  private Archive open() {
    Archive opened =
        Archive.open(
            ArchiveSettings.of(root, "kis", "kr_stocks", SEOUL).withSync(Duration.ZERO), () -> now);
    opened.append(new ChannelAppender(root));
    return opened;
  }

  Instant now() {
    return now;
  }

  void restart() {
    archive.close();
    archive = open();
  }

  /** It is that time; what has ended is sealed. */
  Recorded until(String time) {
    now = at(time);
    archive.rotate(now);
    archive.seal();
    return this;
  }

  /** A line on every lane, of this moment. */
  Recorded lines(String word) {
    archive.number(List.of(Draft.heard(now, 1, "kis-trade", word.getBytes(UTF_8))));
    for (Lane lane : List.of(Lane.SCALP, Lane.SWING, Lane.OVERFLOW, Lane.SET_ASIDE, Lane.EVENTS)) {
      line(lane, now, word);
    }
    archive.append(new ChannelAppender(root));
    return this;
  }

  void line(Lane lane, Instant of, String word) {
    archive.line(
        lane, of, "{\"timestamp\":\"%s\",\"word\":\"%s\"}".formatted(of, word).getBytes(UTF_8));
    archive.append(new ChannelAppender(root));
  }

  void universe() {
    try {
      archive.keep("universe/kis/kr_stocks/20261120.json", "{\"symbols\":[]}\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Packager packager() {
    return new Packager(
        archive, disk, new PackageKeys(key), day -> verdict, events::add, () -> now, threads);
  }

  Packaged make() throws PackageRefused {
    return packager().make(FRIDAY, Packager.Progress.NONE);
  }

  /** Friday, recorded, packaged at 21:00 while it is written, ended and begun Saturday. */
  static Recorded evening(Path dir) {
    Recorded recorded = new Recorded(dir, "20T09:29:50");
    recorded.universe();
    recorded.lines("one").until("20T09:30:00").lines("two").until("20T10:00:00").lines("three");
    return recorded.until("20T20:59:00").lines("evening").until("20T21:00:00");
  }

  Recorded saturday() {
    return until("21T00:00:01")
        .lines("saturday")
        .until("21T00:10:00")
        .lines("more")
        .until("21T00:10:01");
  }

  PackageShelf shelf() {
    return new PackageShelf(root);
  }

  Path folder(int version) {
    return root.resolve(new PackageId("kis", FRIDAY, version).folder());
  }

  /** All files below a folder, by name. */
  static List<String> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Anomaly anomaly() {
    return new Anomaly("reconnects", "23 reconnections (20 or more)");
  }

  @Override
  public void close() {
    archive.close();
  }
}
