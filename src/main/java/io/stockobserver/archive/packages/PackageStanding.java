package io.stockobserver.archive.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether the days of one provider are packaged and backed up, by what lies on the disk. Reads
 * only; one thread at a time. It looks back ten days: what is older is retention's to warn of.
 */
public final class PackageStanding {
  private static final int DAYS = 10;

  private final Path root;
  private final String provider;
  private final PackageShelf shelf;
  private final Map<PackageId, Instant> made = new HashMap<>();

  /** Of an archive's provider. */
  public PackageStanding(Path root, String provider) {
    this.root = root;
    this.provider = provider;
    this.shelf = new PackageShelf(root);
  }

  /**
   * What was found.
   *
   * @param lastDay the newest day before today that was recorded; empty for none
   * @param packaged whether that day has a package with its {@code SUCCESS.marker}
   * @param unprovenSince when the oldest package was made that no backup has given its word for
   * @param receipts whether any backup has ever given one
   */
  public record Found(
      Optional<LocalDate> lastDay,
      boolean packaged,
      Optional<Instant> unprovenSince,
      boolean receipts) {}

  /** Looks. */
  public Found look(LocalDate today) throws IOException {
    LocalDate first = today.minusDays(DAYS);
    NavigableMap<LocalDate, PackageId> newest = new TreeMap<>();
    for (PackageId id : shelf.all()) {
      if (id.provider().equals(provider) && !id.date().isBefore(first)) {
        newest.put(id.date(), id);
      }
    }
    Optional<LocalDate> lastDay =
        recorded().stream().filter(day -> day.isBefore(today)).max(LocalDate::compareTo);
    Optional<Instant> unproven = Optional.empty();
    boolean receipts = false;
    for (PackageId id : newest.values()) {
      boolean told = !shelf.receipts(id).isEmpty();
      receipts |= told;
      if (!told && unproven.isEmpty()) {
        unproven = Optional.of(made(id));
      }
    }
    return new Found(lastDay, lastDay.filter(newest::containsKey).isPresent(), unproven, receipts);
  }

  private Instant made(PackageId id) throws IOException {
    Instant known = made.get(id);
    if (known == null) {
      known = shelf.manifest(id).createdAt();
      made.put(id, known);
    }
    return known;
  }

  /** The days that have a manifest. */
  private List<LocalDate> recorded() throws IOException {
    List<LocalDate> days = new ArrayList<>();
    try (Stream<Path> all = Files.list(root.resolve("manifest").resolve(provider))) {
      all.map(file -> file.getFileName().toString())
          .filter(name -> name.length() == "20260120.json".length())
          .forEach(
              name -> {
                try {
                  days.add(LocalDate.parse(name.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE));
                } catch (DateTimeParseException other) {
                  // Whatever else lies there is no day.
                }
              });
    } catch (NoSuchFileException | NotDirectoryException nothing) {
      return days;
    }
    return days;
  }
}
