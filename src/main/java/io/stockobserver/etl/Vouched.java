package io.stockobserver.etl;

import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.ManifestEntry;
import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the manifests of an archive, a package or a backup vouch for: sealed files whole, open ones
 * as far as they had been forced to disk. What no manifest names is not loaded.
 */
public final class Vouched {
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final Pattern MANIFEST = Pattern.compile("(\\d{8})(?:\\.(\\d+))?\\.json");
  private static final Pattern BY_MARKET =
      Pattern.compile("(scalp|swing|universe)/[a-z0-9_]+/([a-z][a-z0-9_]{0,19})/[A-Za-z0-9_./-]+");

  private Vouched() {}

  /** Everybody who has a manifest, in order. */
  public static List<String> providers(Path root) throws IOException {
    return names(root.resolve("manifest")).stream()
        .filter(name -> Files.isDirectory(root.resolve("manifest").resolve(name)))
        .toList();
  }

  /** The days of which a provider has a manifest, in order. */
  public static List<LocalDate> days(Path root, String provider) throws IOException {
    TreeSet<LocalDate> days = new TreeSet<>();
    for (String name : names(root.resolve("manifest").resolve(provider))) {
      Matcher m = MANIFEST.matcher(name);
      if (m.matches()) {
        date(m.group(1)).ifPresent(days::add);
      }
    }
    return List.copyOf(days);
  }

  /**
   * A checksum of the manifests of a day: another one as soon as they vouch for anything else.
   *
   * @throws IOException when one cannot be read
   */
  static String seal(Path root, String provider, LocalDate day) throws IOException {
    MessageDigest sha = Sha256.start();
    Path folder = root.resolve("manifest").resolve(provider);
    for (String name : names(folder)) {
      if (name.startsWith(DAY.format(day))) {
        sha.update(Files.readAllBytes(folder.resolve(name)));
      }
    }
    return Sha256.of(sha);
  }

  private static Optional<LocalDate> date(String digits) {
    try {
      return Optional.of(LocalDate.parse(digits, DAY));
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }

  /**
   * The files of a day that are of use here, in the order of their names within each lane.
   *
   * @throws IOException when a manifest cannot be read or is damaged
   */
  static List<Source> of(Path root, String provider, LocalDate day) throws IOException {
    Path folder = root.resolve("manifest").resolve(provider);
    TreeMap<Integer, String> versions = new TreeMap<>();
    for (String name : names(folder)) {
      Matcher m = MANIFEST.matcher(name);
      if (m.matches() && m.group(1).equals(DAY.format(day))) {
        versions.put(m.group(2) == null ? 1 : Integer.parseInt(m.group(2)), name);
      }
    }
    Map<String, Source> sources = new TreeMap<>();
    for (String name : versions.values()) {
      Manifest manifest;
      try {
        manifest = Manifest.read(folder.resolve(name));
      } catch (IOException e) {
        throw new IOException("manifest/" + provider + '/' + name + ": " + e.getMessage(), e);
      }
      for (ManifestEntry entry : manifest.files()) {
        source(provider, day, entry).ifPresent(s -> sources.put(s.path(), s));
      }
    }
    return List.copyOf(sources.values());
  }

  private static Optional<Source> source(String provider, LocalDate day, ManifestEntry entry) {
    Matcher m = BY_MARKET.matcher(entry.path());
    boolean byMarket = m.matches();
    boolean events = entry.path().startsWith(Lane.EVENTS.folder() + '/');
    if (!byMarket && !events) {
      return Optional.empty();
    }
    Lane lane =
        events
            ? Lane.EVENTS
            : switch (m.group(1)) {
              case "scalp" -> Lane.SCALP;
              case "swing" -> Lane.SWING;
              default -> null;
            };
    return Optional.of(
        new Source(
            provider,
            byMarket ? m.group(2) : null,
            day,
            lane,
            entry.path(),
            entry.bytes(),
            entry.lines(),
            entry.sha256(),
            entry.state() == ManifestEntry.State.SEALED));
  }

  /** Sources of one lane by their markets. */
  static Map<String, List<Source>> byMarket(List<Source> sources, Lane lane) {
    Map<String, List<Source>> all = new LinkedHashMap<>();
    for (Source source : sources) {
      if (source.is(lane) && source.market() != null) {
        all.computeIfAbsent(source.market(), m -> new ArrayList<>()).add(source);
      }
    }
    return all;
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
