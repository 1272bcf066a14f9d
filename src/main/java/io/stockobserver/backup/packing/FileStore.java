package io.stockobserver.backup.packing;

import static java.util.Objects.requireNonNull;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.LineFrames;
import io.stockobserver.archive.ManifestEntry.Stored;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.backup.packing.PackageRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts single files of a day into a package's folder, each proven: what lies there, read back and
 * decompressed, is what the archive's manifest says. Holds one frame of a file. May be used by
 * several threads, each for another file.
 */
final class FileStore {
  /** What a package leaves free: recording goes on beside it. */
  private static final long RESERVE = 64L << 20;

  private final Disk disk;
  private final Path root;
  private final Path folder;
  private final LocalDate day;
  private final @Nullable PackageManifest before;
  private final Map<String, PackageFile> old = new HashMap<>();
  private final LongSupplier free;
  private final LongConsumer progress;

  /**
   * Into one attempt.
   *
   * @param folder of the attempt
   * @param before the version made before this one, if there is one
   * @param free bytes left on the disk
   * @param progress is told the bytes of content done; may throw to stop
   */
  FileStore(
      Disk disk,
      Path root,
      Path folder,
      LocalDate day,
      Optional<PackageManifest> before,
      LongSupplier free,
      LongConsumer progress) {
    this.disk = disk;
    this.root = root;
    this.folder = folder;
    this.day = day;
    this.before = before.orElse(null);
    this.free = free;
    this.progress = progress;
    before.ifPresent(all -> all.files().forEach(file -> old.put(file.path(), file)));
  }

  /** A file in the package, and whether it takes no room of its own. */
  record Put(PackageFile file, boolean linked) {}

  /** Stores one; durable but for its name, which the caller forces with its directory. */
  Put put(DayFile file) throws IOException, PackageRefused {
    Optional<Put> same = asBefore(file);
    if (same.isPresent()) {
      progress.accept(file.bytes());
      return same.get();
    }
    Path plain = root.resolve(file.path());
    Path compressed = root.resolve(file.path() + ".zst");
    if (!file.compressed()) {
      return copy(file);
    }
    if (file.stored().isEmpty() && disk.exists(plain)) {
      return compress(file, plain);
    }
    if (!disk.exists(compressed)) {
      throw missing(file);
    }
    return file.open() ? compress(file, compressed) : link(file, compressed);
  }

  /** What the version before holds already, when it still does. */
  private Optional<Put> asBefore(DayFile file) throws IOException {
    PackageFile was = old.get(file.path());
    if (was == null || !was.compressed() || !DayFiles.isSame(sealedAs(was, file), was)) {
      return Optional.empty();
    }
    Path there = root.resolve(requireNonNull(before).id().folder()).resolve(was.stored());
    if (!disk.exists(there)
        || disk.size(there) != was.storedBytes()
        || !Sha256.of(disk.read(there)).equals(was.storedSha256())) {
      return Optional.empty();
    }
    Path target = target(was.stored());
    boolean linked = disk.link(there, target);
    return Optional.of(new Put(packaged(file, was.sha256(), stored(was)), linked));
  }

  /** A file that was a prefix and ended there is the same file. */
  private static DayFile sealedAs(PackageFile was, DayFile file) {
    return new DayFile(
        file.path(),
        was.open(),
        file.bytes(),
        file.lines(),
        file.sha256(),
        file.stored(),
        file.content());
  }

  private static Stored stored(PackageFile was) {
    return new Stored(was.stored(), was.storedBytes(), was.storedSha256());
  }

  private static PackageFile packaged(DayFile file, String sha256, Stored stored) {
    return new PackageFile(
        file.path(),
        file.open(),
        file.bytes(),
        file.lines(),
        sha256,
        stored.path(),
        stored.bytes(),
        stored.sha256());
  }

  /** The archive's own compressed file gets a second name. */
  private Put link(DayFile file, Path compressed) throws IOException, PackageRefused {
    Stored proven;
    if (file.stored().isPresent()) {
      proven = file.stored().get();
      if (disk.size(compressed) != proven.bytes()
          || !Sha256.of(disk.read(compressed)).equals(proven.sha256())) {
        throw damaged(file, "it is not the file that was sealed");
      }
    } else {
      Held held;
      try {
        held = Held.of(disk.read(compressed), false);
      } catch (IOException broken) {
        throw damaged(file, String.valueOf(broken.getMessage()));
      }
      if (!held.sha256().equals(file.sha256())) {
        throw damaged(file, "its content is not what was sealed");
      }
      proven = new Stored(file.path() + ".zst", held.storedBytes(), held.storedSha256());
    }
    boolean linked = disk.link(compressed, target(proven.path()));
    progress.accept(file.bytes());
    return new Put(packaged(file, file.sha256(), proven), linked);
  }

  /** Lines, compressed, forced, read back. */
  private Put compress(DayFile file, Path source) throws IOException, PackageRefused {
    room(file.bytes() / 2);
    Path target = target(file.path() + ".zst");
    try (InputStream in = new Prefix(source(file, source), file.bytes(), progress)) {
      LineFrames.compress(in, file.bytes(), disk.write(target));
    }
    disk.force(target);
    Held held = Held.of(disk.read(target), file.open());
    String wanted = file.sha256().isEmpty() ? held.sha256() : file.sha256();
    if (held.bytes() != file.bytes()
        || !held.sha256().equals(wanted)
        || (file.open() && held.lines() != file.lines())
        || (!file.open() && !endsThere(file, source))) {
      throw differs(file, source, held);
    }
    return new Put(
        packaged(
            file,
            held.sha256(),
            new Stored(file.path() + ".zst", held.storedBytes(), held.storedSha256())),
        false);
  }

  /** What is sealed has no byte more. */
  private boolean endsThere(DayFile file, Path source) throws IOException {
    return source.toString().endsWith(".zst") || disk.size(source) == file.bytes();
  }

  /** Either the archive's file is damaged, or the copy came out wrong; both are told. */
  private PackageRefused differs(DayFile file, Path source, Held held)
      throws IOException, PackageRefused {
    String now;
    try (InputStream in = new Prefix(source(file, source), file.bytes(), bytes -> {})) {
      now = Sha256.of(in);
    }
    if (now.equals(held.sha256()) || (!file.sha256().isEmpty() && !now.equals(file.sha256()))) {
      return damaged(file, "its content is not what the manifest says");
    }
    throw new IOException("the compressed copy reads back differently: " + file.path());
  }

  private InputStream source(DayFile file, Path source) throws IOException, PackageRefused {
    try {
      InputStream in = disk.read(source);
      return source.toString().endsWith(".zst") ? LineFrames.content(in) : in;
    } catch (NoSuchFileException sealed) {
      // A tape that was open a moment ago: it holds the same, and what came since.
      Path compressed = root.resolve(file.path() + ".zst");
      if (!disk.exists(compressed)) {
        throw missing(file);
      }
      return LineFrames.content(disk.read(compressed));
    }
  }

  /** Everything that is no line, as it is. */
  private Put copy(DayFile file) throws IOException, PackageRefused {
    Path target = target(file.path());
    boolean read = file.content().length > 0;
    Path source = root.resolve(file.path());
    if (!read && !disk.exists(source)) {
      throw missing(file);
    }
    room(file.bytes());
    try (InputStream in = read ? new ByteArrayInputStream(file.content()) : disk.read(source);
        OutputStream out = disk.write(target)) {
      in.transferTo(out);
    }
    disk.force(target);
    String held = Sha256.of(disk.read(target));
    if (!held.equals(file.sha256())) {
      throw damaged(file, "its content is not what the manifest says");
    }
    progress.accept(file.bytes());
    return new Put(packaged(file, held, new Stored(file.path(), file.bytes(), held)), false);
  }

  private Path target(String stored) throws IOException {
    Path target = folder.resolve(stored);
    disk.createDirectories(target.getParent());
    return target;
  }

  private void room(long bytes) throws IOException {
    if (free.getAsLong() < RESERVE + bytes) {
      throw new IOException(
          "No space left: a package leaves %d MB for the recording".formatted(RESERVE >> 20));
    }
  }

  private PackageRefused missing(DayFile file) {
    return damaged(file, "it is not there");
  }

  private PackageRefused damaged(DayFile file, String what) {
    return new PackageRefused(
        Reason.DAMAGED,
        "%s: %s; see ./observer verify, and restore it from a backup: ./observer restore %s --from DIR"
            .formatted(file.path(), what, PackageId.DAY.format(day)));
  }
}
