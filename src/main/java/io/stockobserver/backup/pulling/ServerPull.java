package io.stockobserver.backup.pulling;

import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.market.Stamp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one server has and we have not: its word is checked, its chain is followed back
 * to what was seen before, each package is pulled and acknowledged. One fault of one package keeps
 * no other from coming. Used by one thread; a new one each round.
 */
final class ServerPull {
  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);

  private final PullServer server;
  private final PullSettings settings;
  private final BackupTree tree;
  private final Claims claims;
  private final ServerBook book;
  private final InstantSource clock;
  private final Told told;
  private final Remote remote;
  private final PackagePull packages;
  private final PullProgress progress;
  private final List<PullReport.Fault> faults = new ArrayList<>();
  private final List<PackageId> pulled = new ArrayList<>();

  /** Who hears what happens. */
  interface Told {
    /** A package is here, whole. */
    void pulled(PackageId id, String market, Receipt receipt);

    /** A file was moved aside. */
    void aside(@Nullable PackageId id, String what, String kept);
  }

  ServerPull(
      PullServer server,
      PullSettings settings,
      BackupTree tree,
      Claims claims,
      ExecutorService client,
      ExecutorService fetchers,
      InstantSource clock,
      PullProgress progress,
      Told told)
      throws PullException {
    this.server = server;
    this.settings = settings;
    this.tree = tree;
    this.claims = claims;
    this.book = claims.book(tree, server.name());
    this.clock = clock;
    this.told = told;
    this.progress = progress;
    String pin = server.pin() != null ? server.pin() : book.certificate();
    this.remote = new Remote(server, pin, settings.patience(), client);
    FileFetch fetch =
        new FileFetch(
            remote,
            tree,
            settings.patience(),
            progress::came,
            (what, kept) -> told.aside(null, what, kept));
    this.packages = new PackagePull(remote, tree, fetch, fetchers);
  }

  List<PullReport.Fault> faults() {
    return faults;
  }

  List<PackageId> pulled() {
    return pulled;
  }

  long files() {
    return packages.files();
  }

  long bytes() {
    return packages.bytes();
  }

  /** Does it all; what is not well is in {@link #faults}. */
  void run() {
    try {
      Offer offer = Offer.read(server.name(), remote.text("packages"));
      checkClock(offer);
      if (!offer.packages().isEmpty()) {
        String key = trust(offer);
        Set<String> refused = lineages(offer, key);
        for (Offer.One one : wanted(offer, refused)) {
          take(one, key);
        }
      }
    } catch (PullException wrong) {
      fault(null, wrong);
    }
  }

  private void fault(@Nullable PackageId id, PullException wrong) {
    faults.add(new PullReport.Fault(wrong.trouble(), id, wrong.getMessage()));
  }

  private void checkClock(Offer offer) {
    Duration ahead = Duration.between(clock.instant(), offer.now());
    if (ahead.abs().compareTo(CLOCKS_MAY_DIFFER) > 0) {
      fault(
          null,
          new PullException(
              ahead.isNegative() ? Trouble.CLOCK_BEHIND : Trouble.CLOCK,
              "the clock of %s shows %s, ours %s; set the wrong one: ages are told by ours"
                  .formatted(server.name(), Stamp.of(offer.now()), Stamp.of(clock.instant()))));
    }
  }

  private String trust(Offer offer) throws PullException {
    String key = offer.key();
    if (!book.key().orElse(key).equals(key)) {
      throw new PullException(
          Trouble.KEY_CHANGED,
          "%s signs with another key than before; nothing is pulled. If it was meant, move servers/%s.json of this backup away"
              .formatted(server.name(), server.name()));
    }
    return key;
  }

  /** The providers of which nothing is to be pulled. */
  private Set<String> lineages(Offer offer, String key) throws PullException {
    Lineage lineage = new Lineage(remote, tree, offer);
    Set<String> refused = new HashSet<>();
    Set<String> providers = new HashSet<>(offer.heads().keySet());
    offer.packages().forEach(one -> providers.add(one.id().provider()));
    for (String provider : providers) {
      Optional<PackageHead> head = Optional.ofNullable(offer.heads().get(provider));
      try {
        lineage.check(provider, head, book.head(provider), key);
      } catch (PullException wrong) {
        if (wrong.trouble().again()) {
          throw wrong;
        }
        fault(null, wrong);
        if (wrong.trouble() != Trouble.CHAIN_GAP) {
          refused.add(provider);
          continue;
        }
      }
      book.met(server.url().toString(), remote.certificate().orElse(null), key);
      if (head.isPresent()) {
        book.saw(head.get());
      }
    }
    return refused;
  }

  /** The newest version of each day that can be given. */
  private List<Offer.One> wanted(Offer offer, Set<String> refused) {
    Map<String, Offer.One> newest = new LinkedHashMap<>();
    for (Offer.One one : offer.packages()) {
      if (refused.contains(one.id().provider())) {
        continue;
      }
      if (!one.damage().isEmpty()) {
        fault(
            one.id(),
            new PullException(
                Trouble.DAMAGED, one.id() + " is damaged on the server: " + one.damage()));
        continue;
      }
      newest.put(ServerBook.day(one.id()), one);
    }
    return List.copyOf(newest.values());
  }

  private void take(Offer.One one, String key) {
    PackageId id = one.id();
    try {
      claims.claim(id, server.name(), key);
      Optional<byte[]> here = tree.read(id.manifest());
      if (here.isPresent() && !Sha256.of(here.get()).equals(one.sha256())) {
        throw new PullException(
            Trouble.PACKAGE_CHANGED,
            id + " is another one on the server than the one that is here, which stays");
      }
      if (hasNewer(id)) {
        return;
      }
      boolean whole = here.isPresent() && isWhole(here.get()) && tree.shelf().all().contains(id);
      if (!whole && one.forgotten()) {
        return; // deleted there, on another backup's word
      }
      if (!whole) {
        SignedTable table = SignedTable.fetch(remote, id, one.sha256(), key);
        progress.expect(table.manifest().storedBytes());
        packages.pull(table);
        Receipt receipt = receipt(table);
        tree.write(receipt.path(), receipt.write());
        pulled.add(id);
        told.pulled(id, table.manifest().market(), receipt);
      }
      acknowledge(one);
      checkDate(id);
    } catch (PullException wrong) {
      fault(id, wrong);
    } catch (IOException unreadable) {
      fault(id, PullException.target(tree.root(), unreadable));
    }
  }

  private boolean hasNewer(PackageId id) throws IOException {
    return tree.shelf().all().stream()
        .anyMatch(
            other -> ServerBook.day(other).equals(ServerBook.day(id)) && other.compareTo(id) > 0);
  }

  private boolean isWhole(byte[] table) {
    try {
      return tree.hasAll(PackageManifest.parse(table));
    } catch (IOException damaged) {
      return false;
    }
  }

  private Receipt receipt(SignedTable table) {
    PackagePull.Sums sums = PackagePull.Sums.of(table);
    return new Receipt(
        Receipt.Kind.PULLED,
        table.manifest().id(),
        table.sha256(),
        settings.by(),
        clock.instant(),
        sums.files(),
        sums.bytes(),
        sums.lines(),
        0);
  }

  /** Gives the server every word of ours that it does not have: also a drill's, later. */
  private void acknowledge(Offer.One one) throws PullException, IOException {
    for (Receipt receipt : tree.shelf().receipts(one.id())) {
      String words = receipt.kind().name().toLowerCase(Locale.ROOT) + " " + receipt.by();
      Double there = one.receipts().get(words);
      if (receipt.by().equals(settings.by())
          && receipt.packageSha256().equals(one.sha256())
          && (there == null || there != receipt.share())) {
        remote.give(receipt);
      }
    }
  }

  /** A package of tomorrow is pulled as any other, but somebody's clock is wrong. */
  private void checkDate(PackageId id) throws PullException, IOException {
    Instant made = tree.shelf().manifest(id).createdAt();
    if (made.isAfter(clock.instant().plus(CLOCKS_MAY_DIFFER))) {
      throw new PullException(
          Trouble.CLOCK, "%s was made at %s, which is in the future".formatted(id, made));
    }
  }
}
