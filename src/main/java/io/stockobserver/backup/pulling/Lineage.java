package io.stockobserver.backup.pulling;

import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a server's chain of packages still holds what it once ended with: nothing that was seen
 * may vanish or change, but for days that were forgotten at its old end. Used by one thread.
 */
final class Lineage {
  private final Remote remote;
  private final BackupTree tree;
  private final Map<PackageId, String> offered;

  Lineage(Remote remote, BackupTree tree, Offer offer) {
    this.remote = remote;
    this.tree = tree;
    this.offered =
        offer.packages().stream()
            .collect(Collectors.toMap(Offer.One::id, Offer.One::sha256, (a, b) -> a));
  }

  /**
   * Follows the chain from its head back to the one that was seen.
   *
   * @throws PullException with {@code CHAIN_CUT}, or {@code CHAIN_GAP} where links are gone
   */
  void check(String provider, Optional<PackageHead> head, Optional<PackageHead> seen, String key)
      throws PullException {
    if (head.isEmpty()) {
      if (seen.isPresent()) {
        throw cut(provider, "it has no head, and ended with " + seen.get().id() + " before");
      }
      return;
    }
    if (!head.get().holds(key) || !head.get().id().provider().equals(provider)) {
      throw new PullException(
          Trouble.SIGNATURE,
          "the head of the packages of " + provider + " is not signed by its key");
    }
    if (seen.isPresent()) {
      follow(provider, head.get(), seen.get());
    }
  }

  private void follow(String provider, PackageHead head, PackageHead seen) throws PullException {
    PackageId id = head.id();
    String sha256 = head.sha256();
    Set<String> passed = new HashSet<>();
    while (!(id.equals(seen.id()) && sha256.equals(seen.sha256()))) {
      if (!passed.add(sha256)) {
        throw cut(provider, "it bites its tail at " + id);
      }
      Optional<byte[]> table = table(id, sha256);
      if (table.isEmpty()) {
        throw new PullException(
            Trouble.CHAIN_GAP,
            "the packages of %s cannot be followed from %s back to %s: %s is gone; they are pulled, but nobody can say what is missing between"
                .formatted(provider, head.id(), seen.id(), id));
      }
      Optional<Manifest.Link> before = previous(table.get());
      if (before.isEmpty()) {
        throw cut(provider, "it begins with " + id + ", and had " + seen.id() + " before");
      }
      id = named(provider, before.get());
      sha256 = before.get().sha256();
    }
  }

  private static PullException cut(String provider, String how) {
    return new PullException(
        Trouble.CHAIN_CUT,
        "the packages of %s are not those that they were: %s; nothing of them is pulled"
            .formatted(provider, how));
  }

  private PackageId named(String provider, Manifest.Link link) throws PullException {
    String path = link.path();
    try {
      PackageId id =
          PackageId.parse(path.replaceFirst("^package/", "").replaceFirst("/package\\.json$", ""));
      if (id.manifest().equals(path)) {
        return id;
      }
    } catch (IllegalArgumentException none) {
      // Told below.
    }
    throw cut(provider, path + " is no package");
  }

  private static Optional<Manifest.Link> previous(byte[] table) throws PullException {
    try {
      return PackageManifest.parse(table).previous();
    } catch (IOException damaged) {
      throw new PullException(
          Trouble.DAMAGED, "a package of the chain is damaged: " + damaged.getMessage());
    }
  }

  /** From here or from there; the checksum that its successor names makes it the right one. */
  private Optional<byte[]> table(PackageId id, String sha256) throws PullException {
    Optional<byte[]> here =
        tree.read(id.manifest()).filter(bytes -> Sha256.of(bytes).equals(sha256));
    if (here.isPresent() || !offered.containsKey(id)) {
      return here;
    }
    byte[] theirs = remote.text(id + "/package.json");
    if (!Sha256.of(theirs).equals(sha256)) {
      throw cut(id.provider(), id + " is not the one that its successor names");
    }
    return Optional.of(theirs);
  }
}
