package io.stockobserver.archive;

import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every manifest of a provider is whole, and names the one before it as it is.
 * Remembers of each only its links.
 */
final class ChainCheck {
  private static final Pattern NAME = Pattern.compile("(\\d{8})(?:\\.(\\d+))?\\.json");

  private final Path root;
  private final String provider;
  private final PackageBook book;
  private final Forgotten forgotten;
  private final Findings findings;
  private final NavigableMap<String, String> sha256 = new TreeMap<>();
  private final NavigableMap<LocalDate, List<Linked>> manifests = new TreeMap<>();

  ChainCheck(Path root, String provider, PackageBook book, Forgotten forgotten, Findings findings) {
    this.root = root;
    this.provider = provider;
    this.book = book;
    this.forgotten = forgotten;
    this.findings = findings;
  }

  /** A manifest's place in the chain. */
  private record Linked(
      String path, LocalDate date, Optional<Manifest.Link> previous, List<Manifest.Link> late) {}

  /** The days that have a manifest that can be read. */
  NavigableSet<LocalDate> days() {
    return manifests.navigableKeySet();
  }

  /** The manifests of a day that can be read, in the order of their versions. */
  List<Manifest> of(LocalDate day) {
    List<Manifest> all = new ArrayList<>();
    for (Linked linked : manifests.getOrDefault(day, List.of())) {
      try {
        all.add(Manifest.read(root.resolve(linked.path())));
      } catch (IOException changed) {
        findings.problem(
            Problem.of(linked.path(), "manifest", String.valueOf(changed.getMessage())));
      }
    }
    all.sort(java.util.Comparator.comparing(Manifest::version));
    return all;
  }

  /** Whether a later day has a manifest: then those of this day are final. */
  boolean isFinal(LocalDate day) {
    return manifests.higherKey(day) != null;
  }

  void check() {
    try {
      for (Path file : new LocalDisk().list(root.resolve("manifest").resolve(provider))) {
        read(file);
      }
    } catch (IOException unreadable) {
      findings.problem(
          Problem.of("manifest/" + provider, "unreadable", String.valueOf(unreadable)));
    }
    Set<String> named = new HashSet<>();
    for (List<Linked> ofDay : manifests.values()) {
      for (Linked manifest : ofDay) {
        links(manifest);
        manifest.previous().ifPresent(link -> named.add(link.path()));
        manifest.late().forEach(link -> named.add(link.path()));
      }
    }
    for (List<Linked> ofDay : manifests.values()) {
      for (Linked manifest : ofDay) {
        if (!named.contains(manifest.path()) && isFinal(manifest.date())) {
          findings.note(Problem.of(manifest.path(), "chain", "no later manifest names it"));
        }
      }
    }
  }

  private void read(Path file) {
    String name = file.getFileName().toString();
    String path = "manifest/" + provider + "/" + name;
    Matcher match = NAME.matcher(name);
    if (!match.matches()) {
      findings.note(Problem.of(path, "manifest", "not a manifest; kept from a damage or a crash"));
      return;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      sha256.put(path, Sha256.of(bytes));
      if (findings.concerns(path)) {
        findings.read(bytes.length);
      }
      Manifest manifest = ManifestJson.parse(bytes);
      if (!manifest.path().equals(path)) {
        findings.problem(Problem.of(path, "manifest", "says that it is " + manifest.path()));
        return;
      }
      manifests
          .computeIfAbsent(manifest.date(), day -> new ArrayList<>())
          .add(new Linked(path, manifest.date(), manifest.previous(), manifest.late()));
    } catch (IOException | DateTimeException damaged) {
      findings.problem(Problem.of(path, "manifest", String.valueOf(damaged.getMessage())));
    }
  }

  private void links(Linked manifest) {
    manifest.previous().ifPresent(link -> link(manifest, link));
    manifest.late().forEach(link -> link(manifest, link));
    if (manifest.previous().isEmpty() && hasEarlier(manifest.path())) {
      findings.problem(
          Problem.of(manifest.path(), "chain", "names no manifest before it, and there are"));
    }
  }

  private boolean hasEarlier(String path) {
    return sha256.keySet().stream().anyMatch(other -> before(other, path));
  }

  private static boolean before(String one, String other) {
    return Places.dayIn(one).flatMap(a -> Places.dayIn(other).map(a::isBefore)).orElse(false);
  }

  private void link(Linked from, Manifest.Link link) {
    @Nullable String there = sha256.get(link.path());
    if (there == null) {
      missing(from, link);
    } else if (!there.equals(link.sha256())) {
      findings.problem(
          Problem.of(link.path(), "chain", "is not what " + from.path() + " says it was"));
    }
  }

  /** A package, and a backup that begins with some day, have nothing before it. */
  private void missing(Linked from, Manifest.Link link) {
    boolean before = sha256.keySet().stream().allMatch(here -> before(link.path(), here));
    Optional<String> voucher =
        before
            ? book.voucher(from.date(), from.path(), sha256.get(from.path()), forgotten)
            : Optional.empty();
    if (voucher.isPresent()) {
      findings.note(
          Problem.of(
              from.path(),
              "chain",
              "the chain begins here, " + voucher.get() + "; " + link.path() + " is elsewhere"));
    } else {
      findings.problem(Problem.of(link.path(), "missing", from.path() + " names it"));
    }
  }
}
