package io.stockobserver.backup.drilling;

import io.stockobserver.archive.Digested;
import io.stockobserver.archive.Disk;
import io.stockobserver.archive.LineFrames;
import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.ManifestEntry;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.backup.packing.Prefix;
import io.stockobserver.backup.pulling.PullException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a day back into an archive that nobody writes: what is missing or damaged there, byte for
 * byte as it was, what the archive kept plain is plain again. Never over a good file; a damaged one
 * is moved aside. Every file is proven while it is written, before it gets its name. The caller
 * holds the archive's lock. Not thread-safe.
 */
public final class Restore {
  private static final String MANIFESTS = "manifest/";

  private final Path root;
  private final Disk disk;
  private final LongConsumer progress;
  private final List<String> written = new ArrayList<>();
  private final List<String> aside = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private long bytes;
  private long good;

  /**
   * Into an archive.
   *
   * @param progress is told the bytes of content that were looked at or written
   */
  public Restore(Path root, Disk disk, LongConsumer progress) {
    this.root = root;
    this.disk = disk;
    this.progress = progress;
  }

  /**
   * Brings it back; what cannot be is told, and the rest comes nevertheless. Where the archive's
   * disk takes no more it stops and says so; called again it goes on.
   *
   * @throws PullException with {@code TARGET} when the disk does not even take the manifests: then
   *     no start may look at the archive before they are there
   */
  public RestoreReport restore(RestoreSource source) throws PullException {
    List<PackageFile> manifests =
        source.table().files().stream().filter(f -> f.path().startsWith(MANIFESTS)).toList();
    // First the manifests: what they list as sealed no start takes for something new.
    try {
      for (PackageFile manifest : manifests) {
        manifest(source, manifest);
      }
    } catch (IOException full) {
      throw PullException.target(root, full);
    }
    Optional<String> stopped = Optional.empty();
    try {
      files(source, listed(manifests));
      papers(source);
    } catch (IOException full) {
      stopped = Optional.ofNullable(PullException.target(root, full).getMessage());
    }
    return new RestoreReport(source.table().id(), written, bytes, good, aside, problems, stopped);
  }

  private void files(RestoreSource source, Map<String, ManifestEntry> listed) throws IOException {
    for (PackageFile file : source.table().files()) {
      if (!file.path().startsWith(MANIFESTS)) {
        file(source, file, listed.get(file.path()));
      }
    }
  }

  private Map<String, ManifestEntry> listed(List<PackageFile> manifests) {
    Map<String, ManifestEntry> listed = new LinkedHashMap<>();
    for (PackageFile manifest : manifests) {
      try {
        Manifest.read(root.resolve(manifest.path()))
            .files()
            .forEach(entry -> listed.put(entry.path(), entry));
      } catch (IOException missing) {
        // Told when it could not be brought back.
      }
    }
    return listed;
  }

  // ---- a manifest -----------------------------------------------------------------------------

  private void manifest(RestoreSource source, PackageFile file) throws IOException {
    Path there = root.resolve(file.path());
    byte[] packaged;
    try {
      packaged = bytes(source, file);
    } catch (IOException damaged) {
      problems.add(file.path() + ": " + damaged.getMessage());
      return;
    }
    if (disk.exists(there)) {
      if (stays(file.path(), Files.readAllBytes(there), packaged)) {
        good++;
        return;
      }
      moveAside(there);
    }
    disk.replace(there, packaged);
    written.add(file.path());
    bytes += packaged.length;
  }

  private static byte[] bytes(RestoreSource source, PackageFile file) throws IOException {
    Path stored =
        source.stored(file).orElseThrow(() -> new IOException("the backup does not have it"));
    byte[] all = Files.readAllBytes(stored);
    if (!Sha256.of(all).equals(file.storedSha256())) {
      throw new IOException("damaged in the backup");
    }
    if (file.compressed()) {
      try (InputStream in = LineFrames.content(Files.newInputStream(stored))) {
        return in.readAllBytes();
      }
    }
    return all;
  }

  /**
   * Whether the archive's own manifest stays: what its successor names does; where none names it,
   * one that holds, unless it has nothing that the packaged one has not. Such a one was written by
   * a start that found files without their manifest.
   */
  private boolean stays(String path, byte[] there, byte[] packaged) throws IOException {
    if (java.util.Arrays.equals(there, packaged)) {
      return true;
    }
    Manifest own;
    try {
      own = Manifest.parse(there);
    } catch (IOException damaged) {
      return false;
    }
    Set<String> named = named(path);
    if (!named.isEmpty()) {
      return !named.contains(Sha256.of(packaged));
    }
    return !covers(Manifest.parse(packaged), own);
  }

  /** The checksums by which other manifests of the archive name this one. */
  private Set<String> named(String path) throws IOException {
    Set<String> named = new HashSet<>();
    for (Path file : disk.list(root.resolve(path).getParent())) {
      try {
        Manifest other = Manifest.read(file);
        List<Manifest.Link> links = new ArrayList<>(other.late());
        other.previous().ifPresent(links::add);
        links.stream()
            .filter(link -> link.path().equals(path))
            .forEach(link -> named.add(link.sha256()));
      } catch (IOException damaged) {
        // Nothing that it names can be believed.
      }
    }
    return named;
  }

  private static boolean covers(Manifest whole, Manifest part) {
    Map<String, ManifestEntry> has = new LinkedHashMap<>();
    whole.files().forEach(entry -> has.put(entry.path(), entry));
    return part.files().stream()
        .allMatch(
            entry -> {
              ManifestEntry same = has.get(entry.path());
              return same != null && same.bytes() >= entry.bytes();
            });
  }

  // ---- any other file ---------------------------------------------------------------------------

  private void file(RestoreSource source, PackageFile file, @Nullable ManifestEntry entry)
      throws IOException {
    if (entry == null) {
      problems.add(file.path() + ": the archive's manifest of the day does not list it");
      return;
    }
    boolean sealed = entry.state() == ManifestEntry.State.SEALED;
    if (sealed && !entry.sha256().equals(file.sha256())) {
      problems.add(file.path() + ": the archive's manifest lists another content; both are kept");
      return;
    }
    boolean compressed = entry.stored().isPresent();
    Path target = compressed ? zst(file) : root.resolve(file.path());
    if (isGood(file, target, sealed) || (!compressed && isGood(file, zst(file), sealed))) {
      good++;
      progress.accept(file.bytes());
      return;
    }
    Optional<Path> stored = source.stored(file);
    if (stored.isEmpty()) {
      problems.add(file.path() + ": the backup does not have it");
      return;
    }
    disk.createDirectories(target.getParent());
    Path beside = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      write(stored.get(), file, compressed, beside);
    } catch (DamagedException damaged) {
      disk.delete(beside);
      problems.add(file.path() + ": damaged in the backup, " + damaged.getMessage());
      return;
    } catch (IOException full) {
      makeRoom(beside, full);
      throw full;
    }
    for (Path old : List.of(root.resolve(file.path()), zst(file))) {
      if (disk.exists(old) && !isGood(file, old, sealed)) {
        moveAside(old);
      }
    }
    disk.force(beside);
    disk.rename(beside, target);
    disk.forceDirectory(target.getParent());
    written.add(root.relativize(target).toString().replace('\\', '/'));
    bytes += file.bytes();
  }

  /** Half a file is of no use, and takes the room that the day's events need. */
  private void makeRoom(Path beside, IOException full) {
    try {
      disk.delete(beside);
    } catch (IOException later) {
      full.addSuppressed(later); // the next attempt writes over it
    }
  }

  private Path zst(PackageFile file) {
    return root.resolve(file.path() + ".zst");
  }

  /** Whether this is it; where lines may still come, whether it begins with it. */
  private boolean isGood(PackageFile file, Path there, boolean sealed) throws IOException {
    if (!disk.exists(there)) {
      return false;
    }
    if (there.toString().endsWith(".zst")) {
      try {
        return Sha256.of(LineFrames.content(disk.read(there))).equals(file.sha256());
      } catch (IOException damaged) {
        return false;
      }
    }
    if (sealed && disk.size(there) != file.bytes()) {
      return false;
    }
    return Sha256.of(new Prefix(disk.read(there), file.bytes(), read -> {})).equals(file.sha256());
  }

  /** The backup's copy is not what its package says. */
  private static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String what) {
      super(what);
    }
  }

  private void write(Path stored, PackageFile file, boolean compressed, Path beside)
      throws IOException, DamagedException {
    MessageDigest inner = Sha256.start();
    String outer;
    try (OutputStream out = disk.write(beside);
        Digested source =
            new Digested(
                Files.newInputStream(stored),
                (chunk, from, n) -> {
                  if (compressed) { // it is kept as it is
                    write(out, chunk, from, n);
                  }
                });
        InputStream content = file.compressed() ? LineFrames.content(source) : source) {
      byte[] chunk = new byte[1 << 17];
      while (true) {
        int n;
        try {
          n = content.read(chunk);
        } catch (OutputException full) {
          throw full.why;
        } catch (IOException broken) {
          throw new DamagedException(String.valueOf(broken.getMessage()));
        }
        if (n < 0) {
          break;
        }
        inner.update(chunk, 0, n);
        if (!compressed) {
          out.write(chunk, 0, n);
        }
        progress.accept(n);
      }
      outer = source.sha256();
    }
    if (!outer.equals(file.storedSha256()) || !Sha256.of(inner).equals(file.sha256())) {
      throw new DamagedException("its content is not what was packaged");
    }
  }

  private static void write(OutputStream out, byte[] chunk, int from, int n)
      throws OutputException {
    try {
      out.write(chunk, from, n);
    } catch (IOException full) {
      throw new OutputException(full);
    }
  }

  /** The target's own failure, told apart from the source's. */
  private static final class OutputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException why;

    OutputException(IOException why) {
      super(why);
      this.why = why;
    }
  }

  // ---- the rest ---------------------------------------------------------------------------------

  private void moveAside(Path file) throws IOException {
    int n = 1;
    Path kept = file;
    while (disk.exists(kept)) {
      kept = file.resolveSibling(file.getFileName() + ".damaged-" + n++);
    }
    disk.rename(file, kept);
    disk.forceDirectory(file.getParent());
    aside.add(root.relativize(file) + " -> " + kept.getFileName());
  }

  /** The package's papers: versions go on counting, and the backup's word stands. */
  private void papers(RestoreSource source) throws IOException {
    for (Map.Entry<String, Path> paper : source.papers().entrySet()) {
      Path target = root.resolve(paper.getKey());
      if (!disk.exists(target)) {
        disk.replace(target, Files.readAllBytes(paper.getValue()));
        written.add(paper.getKey());
      }
    }
  }
}
