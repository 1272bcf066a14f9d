package io.stockobserver;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Recovery;
import io.stockobserver.archive.Sealed;
import io.stockobserver.evidence.Event;
import io.stockobserver.market.MarketClock;
import io.stockobserver.recorder.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds an archive that nobody records into, for a command: recovered, everything that has ended
 * sealed, open for events. What a killed session left unexplained stays so until the next session
 * explains it. Opened and closed by one thread; events may be written by any.
 */
public final class Caretaker implements AutoCloseable {
  private static final DateTimeFormatter SESSION = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss");

  private final Path root;
  private final ArchiveLock lock;
  private final PackageSettings packageSettings;
  private final List<Part> parts = new ArrayList<>();
  private @Nullable Packages packages;
  private volatile MarketClock clock = MarketClock.live();

  private Caretaker(Ground ground) {
    this.root = ground.root();
    this.packageSettings = ground.packages();
    this.lock = ArchiveLock.take(root, () -> clock.instant());
  }

  /** One provider's part of the archive. */
  public static final class Part {
    private final Archive archive;
    private final String session;

    private Part(Archive archive, String session) {
      this.archive = archive;
      this.session = session;
    }

    /** Whose it is. */
    public String provider() {
      return archive.settings().provider();
    }

    /** Its market. */
    public String market() {
      return archive.settings().market();
    }

    /** Whose local time its days are in. */
    public ZoneId zone() {
      return archive.settings().zone();
    }

    /** Open; lines of other lanes are the recorder's. */
    public Archive archive() {
      return archive;
    }

    /**
     * Writes an event into the day of its instant; its session is the command.
     *
     * @throws ArchiveException when the disk does not take it
     */
    public synchronized void event(Event event) {
      archive.line(Lane.EVENTS, event.at(), event.line(provider(), market(), session));
      archive.append(new ChannelAppender(archive.settings().root()));
    }

    private void sealWhatEnded(Instant now) throws IOException {
      archive.rotate(now);
      for (Sealed sealed : archive.seal()) {
        event(Sealing.told(sealed, now));
      }
      archive.begin(now.atZone(zone()).toLocalDate());
    }
  }

  /**
   * Takes an archive.
   *
   * @param home the folder that holds {@code config}
   * @param overrides settings that win over file and environment
   * @param providers whose parts; none for all that it has
   * @throws Settings.SettingsException for a bad setting or an unknown provider
   * @throws ArchiveException when it is not there, has no such part, cannot be written, or when a
   *     process holds it: {@link ArchiveLock#holder} tells which and how to reach it
   */
  public static Caretaker take(
      Path home,
      Map<String, String> environment,
      Map<String, String> overrides,
      List<String> providers)
      throws IOException {
    Settings settings =
        Settings.read(home.resolve("config/application.properties"), environment, overrides);
    Ground ground = Ground.read(settings, home, false);
    Venues venues = Venues.all();
    venues.check(settings);
    List<VenueDoor> doors =
        venues.chosenOrKnown(providers, settings).stream()
            .filter(door -> isThere(ground.root(), door))
            .toList();
    if (doors.isEmpty()) {
      throw new ArchiveException(
          ground.root()
              + (Files.isDirectory(ground.root()) ? " holds nothing" : " is not there")
              + (providers.isEmpty() ? "" : " of " + String.join(", ", providers))
              + "; name an archive with --data");
    }
    Caretaker caretaker = new Caretaker(ground);
    try {
      caretaker.open(ground, doors);
      return caretaker;
    } catch (IOException | RuntimeException failed) {
      caretaker.close();
      throw failed;
    }
  }

  private static boolean isThere(Path root, VenueDoor door) {
    return List.of("manifest/", "system/events/", "tape/").stream()
        .anyMatch(folder -> Files.isDirectory(root.resolve(folder + door.provider())));
  }

  private void open(Ground ground, List<VenueDoor> doors) throws IOException {
    List<Archive> archives = new ArrayList<>();
    for (VenueDoor door : doors) {
      archives.add(
          Archive.open(ground.archive(door, ground.days(door).zone()), () -> clock.instant()));
      parts.add(new Part(archives.get(archives.size() - 1), ""));
    }
    // A rehearsed day may lie ahead of this machine's clock: no evidence is written into its past.
    Instant now = clock.instant();
    archives.stream()
        .flatMap(archive -> archive.recovery().lastHeardAt().stream())
        .max(Comparator.naturalOrder())
        .filter(now::isBefore)
        .ifPresent(last -> clock = MarketClock.startingAt(last.plusSeconds(1)));
    Instant begun = clock.instant();
    String session = "sess_" + SESSION.format(begun.atZone(parts.get(0).zone()));
    parts.replaceAll(part -> new Part(part.archive(), session));
    for (Part part : parts) {
      Recovery found = part.archive().recovery();
      found.findings().forEach(finding -> part.event(SessionBegin.recovered(finding, begun)));
      part.sealWhatEnded(begun);
    }
  }

  /** The archive's directory. */
  public Path root() {
    return root;
  }

  /** The market's time: the system's, but not before the archive's last instant. */
  public MarketClock clock() {
    return clock;
  }

  /** One for each provider. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** Makes packages of these parts. */
  public Packages packages() {
    Packages known = packages;
    if (known == null) {
      known = new Packages(packageSettings, clock, false);
      for (Part part : parts) {
        known.add(part.archive(), part::event);
      }
      packages = known;
    }
    return known;
  }

  /**
   * Seals what was written and gives the directory back.
   *
   * @throws ArchiveException the first, once all have been tried
   */
  @Override
  public void close() {
    @Nullable ArchiveException first = null;
    try {
      if (packages != null) {
        packages.close();
      }
      for (Part part : parts) {
        try {
          part.archive().leave();
        } catch (ArchiveException e) {
          first = first == null ? e : first;
        }
      }
    } finally {
      lock.close();
    }
    if (first != null) {
      throw first;
    }
  }
}
