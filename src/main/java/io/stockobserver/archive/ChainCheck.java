package io.stockobserver.archive;

import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that every manifest of a provider is whole, and names the one before it as it is. */
final class ChainCheck {
  private static final Pattern NAME = Pattern.compile("(\\d{8})(?:\\.(\\d+))?\\.json");

  private final Path root;
  private final String provider;
  private final Findings findings;
  private final Map<String, String> sha256 = new TreeMap<>();
  private final Map<String, Manifest> manifests = new LinkedHashMap<>();

  ChainCheck(Path root, String provider, Findings findings) {
    this.root = root;
    this.provider = provider;
    this.findings = findings;
  }

  /** Every manifest that could be read, oldest first. */
  List<Manifest> manifests() {
    return manifests.values().stream()
        .sorted(Comparator.comparing(Manifest::date).thenComparing(Manifest::version))
        .toList();
  }

  /** The newest day; the manifests of days before it are final. */
  Optional<LocalDate> newestDay() {
    return manifests.values().stream().map(Manifest::date).max(Comparator.naturalOrder());
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
    for (Manifest manifest : manifests()) {
      links(manifest);
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
      findings.read(bytes.length);
      Manifest manifest = ManifestJson.parse(bytes);
      if (!manifest.path().equals(path)) {
        findings.problem(Problem.of(path, "manifest", "says that it is " + manifest.path()));
        return;
      }
      manifests.put(path, manifest);
    } catch (IOException | DateTimeException damaged) {
      findings.problem(Problem.of(path, "manifest", String.valueOf(damaged.getMessage())));
    }
  }

  private void links(Manifest manifest) {
    manifest.previous().ifPresent(link -> link(manifest, link));
    manifest.late().forEach(link -> link(manifest, link));
    if (manifest.previous().isEmpty() && hasEarlier(manifest.path())) {
      findings.problem(
          Problem.of(manifest.path(), "chain", "names no manifest before it, and there are"));
    }
    boolean named =
        manifests.values().stream()
            .anyMatch(
                other ->
                    other.late().stream().anyMatch(l -> l.path().equals(manifest.path()))
                        || other
                            .previous()
                            .filter(l -> l.path().equals(manifest.path()))
                            .isPresent());
    if (!named && newestDay().filter(manifest.date()::isBefore).isPresent()) {
      findings.note(Problem.of(manifest.path(), "chain", "no later manifest names it"));
    }
  }

  private boolean hasEarlier(String path) {
    return sha256.keySet().stream().anyMatch(other -> before(other, path));
  }

  private static boolean before(String one, String other) {
    return Places.dayIn(one).flatMap(a -> Places.dayIn(other).map(a::isBefore)).orElse(false);
  }

  private void link(Manifest from, Manifest.Link link) {
    @Nullable String there = sha256.get(link.path());
    if (there == null) {
      findings.problem(Problem.of(link.path(), "missing", from.path() + " names it"));
    } else if (!there.equals(link.sha256())) {
      findings.problem(
          Problem.of(link.path(), "chain", "is not what " + from.path() + " says it was"));
    }
  }
}
