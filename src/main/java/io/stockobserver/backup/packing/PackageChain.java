package io.stockobserver.backup.packing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.PackageSignature;
import io.stockobserver.backup.packing.PackageRefused.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider's packages in the order in which they were made, and the head that names the last. One
 * thread at a time.
 */
final class PackageChain {
  private static final Logger LOG = LoggerFactory.getLogger(PackageChain.class);

  private final Disk disk;
  private final Path root;
  private final String provider;
  private final PackageKeys keys;
  private final PackageShelf shelf;

  PackageChain(Disk disk, Path root, String provider, PackageKeys keys) {
    this.disk = disk;
    this.root = root;
    this.provider = provider;
    this.keys = keys;
    this.shelf = new PackageShelf(root);
  }

  /** A whole package that this key has signed. */
  private record Link(PackageId id, PackageManifest manifest, String sha256) {}

  /**
   * The package made last; the head is made to name it, for a crash can come between the two.
   *
   * @throws PackageRefused where the head was signed with another key, or is damaged
   */
  Optional<Manifest.Link> last() throws IOException, PackageRefused {
    Map<String, Link> next = new HashMap<>();
    Map<String, Link> all = new HashMap<>();
    for (PackageId id : shelf.all()) {
      Optional<Link> found = id.provider().equals(provider) ? link(id) : Optional.empty();
      found.ifPresent(link -> all.put(link.sha256(), link));
      found
          .flatMap(link -> link.manifest().previous())
          .ifPresent(before -> next.put(before.sha256(), found.get()));
    }
    Optional<PackageHead> head = head();
    Optional<Manifest.Link> last =
        head.map(named -> new Manifest.Link(named.id().manifest(), named.sha256()))
            .or(() -> end(all, next.keySet()));
    Set<String> seen = new HashSet<>();
    while (last.isPresent() && next.containsKey(last.get().sha256())) {
      Link after = next.get(last.get().sha256());
      if (!seen.add(after.sha256())) {
        break; // no chain bites its tail unless somebody made it so
      }
      last = Optional.of(new Manifest.Link(after.id().manifest(), after.sha256()));
    }
    boolean named = head.map(h -> h.sha256()).equals(last.map(Manifest.Link::sha256));
    if (last.isPresent() && !named) {
      Link end = all.get(last.get().sha256());
      if (end != null) {
        LOG.warn("{} did not name {}; it does now", PackageHead.path(provider), end.id());
        advance(end.id(), end.sha256());
      }
    }
    return last;
  }

  /** Where there is no head: what nobody follows. */
  private static Optional<Manifest.Link> end(Map<String, Link> all, Set<String> followed) {
    return all.values().stream()
        .filter(link -> !followed.contains(link.sha256()))
        .max(
            Comparator.comparing((Link link) -> link.manifest().createdAt())
                .thenComparing(Link::id))
        .map(link -> new Manifest.Link(link.id().manifest(), link.sha256()));
  }

  private Optional<PackageHead> head() throws IOException, PackageRefused {
    Path file = root.resolve(PackageHead.path(provider));
    if (!disk.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = disk.read(file, 0, (int) Math.min(1 << 16, disk.size(file)));
    try {
      PackageHead head = PackageHead.parse(bytes);
      if (head.id().provider().equals(provider) && head.holds(keys.publicKey())) {
        return Optional.of(head);
      }
    } catch (IOException damaged) {
      // Told below, like one that somebody else has signed.
    }
    throw new PackageRefused(
        Reason.KEY,
        "%s is damaged or was not signed with %s; put back the key that signed it, or move the file away and a head is made anew from the packages of this key"
            .formatted(PackageHead.path(provider), keys));
  }

  /** Empty for what is damaged, or signed with another key: it is no part of this chain. */
  private Optional<Link> link(PackageId id) throws IOException, PackageRefused {
    Path folder = root.resolve(id.folder());
    try {
      Path table = root.resolve(id.manifest());
      byte[] bytes = disk.read(table, 0, (int) disk.size(table));
      Path signature = folder.resolve(PackageSignature.FILE);
      String signed = new String(disk.read(signature, 0, 1024), US_ASCII);
      PackageManifest manifest = PackageManifest.parse(bytes);
      boolean holds =
          manifest.id().equals(id) && PackageSignature.holds(bytes, signed, keys.publicKey());
      return holds ? Optional.of(new Link(id, manifest, Sha256.of(bytes))) : Optional.empty();
    } catch (IOException damaged) {
      LOG.warn("{} cannot be read: {}", id.manifest(), damaged.getMessage());
      return Optional.empty();
    }
  }

  /** The newest version of a day, where it can be read and this key has signed it. */
  Optional<PackageManifest> newest(LocalDate day) throws IOException, PackageRefused {
    Optional<PackageId> newest = newestId(day);
    return newest.isPresent() ? link(newest.get()).map(Link::manifest) : Optional.empty();
  }

  /** A version that no package and no receipt of this day ever had: backups remember names. */
  PackageId next(LocalDate day, Optional<Manifest.Link> last) throws IOException {
    String days = provider + "/" + PackageId.DAY.format(day);
    int highest = 0;
    for (PackageId id : shelf.all()) {
      boolean same = id.provider().equals(provider) && id.date().equals(day);
      highest = same ? Math.max(highest, id.version()) : highest;
    }
    for (Path version : disk.list(root.resolve("receipt/" + days))) {
      highest = Math.max(highest, number(version.getFileName().toString()));
    }
    String before = last.map(Manifest.Link::path).orElse("");
    if (before.startsWith("package/" + days + "/")) {
      highest = Math.max(highest, number(before.split("/", -1)[3]));
    }
    return new PackageId(provider, day, highest + 1);
  }

  private static int number(String version) {
    return version.matches("[1-9]\\d{0,5}") ? Integer.parseInt(version) : 0;
  }

  /** Names the package made last; durable when it returns. */
  void advance(PackageId id, String sha256) throws IOException, PackageRefused {
    String signature = keys.sign(PackageHead.signed(id, sha256));
    disk.replace(
        root.resolve(PackageHead.path(provider)), new PackageHead(id, sha256, signature).write());
  }

  /** Whether the day was packaged and is gone: its table of contents and receipts outlive it. */
  boolean isForgotten(LocalDate day) throws IOException {
    Optional<PackageId> newest = newestId(day);
    if (newest.isPresent()) {
      return !shelf.holdsFiles(newest.get());
    }
    String folder = "receipt/" + provider + "/" + PackageId.DAY.format(day);
    return !disk.list(root.resolve(folder)).isEmpty();
  }

  /** Whether there is a whole version of a day. */
  boolean isPackaged(LocalDate day) throws IOException {
    return newestId(day).isPresent();
  }

  private Optional<PackageId> newestId(LocalDate day) throws IOException {
    return shelf.all().stream()
        .filter(id -> id.provider().equals(provider) && id.date().equals(day))
        .reduce((a, b) -> b);
  }
}
