package io.stockobserver.backup.serving;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of a backup: hands out packages and takes receipts, and nothing else
 * (docs/archive-format.md §10). It decides; who carries it over HTTP is {@code route.http}. Every
 * question is logged without its token. Thread-safe; reads the disk, so not for an event loop.
 */
public final class BackupDesk {
  /** A receipt has 400 bytes. */
  public static final int LARGEST_RECEIPT = 4096;

  /** All paths of this desk begin so. */
  public static final String PREFIX = "/backup/";

  private static final Logger LOG = LoggerFactory.getLogger(BackupDesk.class);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/-]+");
  private static final int WORDS_OF_ID = 3;

  private final @Nullable Account account;
  private final PeerRate rate;
  private final PackageRack rack;
  private final PackageList list;
  private final Disk disk;
  private final Path root;
  private final Consumer<Receipt> told;

  /**
   * At this archive.
   *
   * @param name the server's, for its backups
   * @param account whom it opens for; null for nobody
   * @param told of every receipt that was taken, once it is durable
   */
  public BackupDesk(
      Path root,
      Disk disk,
      String name,
      @Nullable Account account,
      PeerRate rate,
      InstantSource clock,
      Consumer<Receipt> told) {
    this.root = root;
    this.disk = disk;
    this.account = account;
    this.rate = rate;
    this.told = told;
    this.rack = new PackageRack(root);
    this.list = new PackageList(root, rack, name, clock);
  }

  /** Answers, whatever is asked. */
  public Answered answer(Asked asked) {
    Answered answered;
    try {
      answered = decide(asked);
    } catch (NoSuchFileException gone) {
      answered = Answered.line(404, "not there any more");
    } catch (IOException damaged) {
      LOG.error("backup: {} cannot be given: {}", shown(asked.path()), damaged.toString());
      answered = Answered.line(500, "this server cannot read it; its log says why");
    }
    LOG.info(
        "backup: {} {} {} {} -> {}, {} bytes",
        asked.peer(),
        asked.method(),
        shown(asked.path()),
        asked.range() == null ? "" : shown(asked.range()),
        answered.status(),
        answered.length());
    return answered;
  }

  /** A peer's words in our log: short, and no line of their own. */
  private static String shown(String theirs) {
    String plain = theirs.replaceAll("[^!-~]", "?");
    return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
  }

  private Answered decide(Asked asked) throws IOException {
    if (account == null) {
      return Answered.line(404, "there is no backup here: BACKUP_TOKEN is not set on this server");
    }
    Duration wait = rate.take(asked.peer());
    if (!wait.isZero()) {
      return Answered.line(
          429, "too many requests", "Retry-After", Long.toString(wait.toSeconds() + 1));
    }
    if (!account.opens(asked.authorization())) {
      rate.fine(asked.peer());
      return Answered.line(401, "the backup's token is wanted", "WWW-Authenticate", "Bearer");
    }
    if (asked.question()
        || !asked.path().startsWith(PREFIX)
        || !PLAIN.matcher(asked.path()).matches()
        || !PackageFile.isBelow(asked.path().substring(1))) {
      return Answered.line(400, "no path of a package");
    }
    return route(asked, asked.path().substring(PREFIX.length()));
  }

  private Answered route(Asked asked, String path) throws IOException {
    if (path.equals("packages")) {
      return asked.method().equals("GET") ? Answered.json(200, list.write()) : notAllowed("GET");
    }
    String[] words = path.split("/", WORDS_OF_ID + 1);
    if (words.length <= WORDS_OF_ID) {
      return Answered.line(404, "nothing here");
    }
    PackageId id;
    try {
      id = PackageId.parse(String.join("/", words[0], words[1], words[2]));
    } catch (IllegalArgumentException noPackage) {
      return Answered.line(404, "nothing here");
    }
    String name = words[WORDS_OF_ID];
    if (name.equals("receipt")) {
      return asked.method().equals("POST") ? take(id, asked.body()) : notAllowed("POST");
    }
    return asked.method().equals("GET") ? file(id, name, asked) : notAllowed("GET");
  }

  private static Answered notAllowed(String allowed) {
    return Answered.line(405, "only " + allowed, "Allow", allowed);
  }

  private Answered file(PackageId id, String name, Asked asked) throws IOException {
    Optional<PackageRack.Held> found = rack.file(id, name);
    if (found.isEmpty()) {
      return Answered.line(404, "no package has it");
    }
    PackageRack.Held file = found.get();
    String tag = '"' + file.sha256() + '"';
    Map<String, String> headers = new TreeMap<>();
    headers.put("ETag", tag);
    headers.put("Accept-Ranges", "bytes");
    headers.put("Content-Type", "application/octet-stream");
    String range = asked.range();
    boolean whole = range == null || (asked.ifRange() != null && !asked.ifRange().equals(tag));
    Optional<Stretch> part = whole ? Optional.empty() : Stretch.read(range, file.size());
    if (part.isEmpty()) {
      return new Answered.Part(200, headers, file.file(), 0, file.size());
    }
    long from = part.get().from();
    long length = part.get().length();
    if (length == 0) {
      return Answered.line(
          416, "the file ends before", "Content-Range", "bytes */" + file.size(), "ETag", tag);
    }
    headers.put("Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + file.size());
    return new Answered.Part(206, headers, file.file(), from, length);
  }

  private Answered take(PackageId id, byte @Nullable [] body) throws IOException {
    if (body == null) {
      return Answered.line(413, "a receipt has no more than " + LARGEST_RECEIPT + " bytes");
    }
    if (!rack.has(id)) {
      return Answered.line(404, "no such package");
    }
    Receipt receipt;
    try {
      receipt = Receipt.parse(body);
    } catch (IOException | RuntimeException none) {
      return Answered.line(400, "no receipt");
    }
    if (!receipt.id().equals(id)) {
      return Answered.line(409, "the receipt is for " + receipt.id());
    }
    String sha256 = rack.shelf().sha256(id);
    if (!receipt.packageSha256().equals(sha256)) {
      return Answered.line(409, "the package's SHA-256 is " + sha256);
    }
    return keep(receipt);
  }

  /** What proves a whole day is never replaced by what proves less, unless it takes that back. */
  private synchronized Answered keep(Receipt receipt) throws IOException {
    boolean proven =
        rack.shelf().receipts(receipt.id()).stream()
            .anyMatch(
                old ->
                    old.path().equals(receipt.path())
                        && old.packageSha256().equals(receipt.packageSha256())
                        && old.proves());
    if (!proven || receipt.proves() || receipt.withdraws()) {
      disk.replace(root.resolve(receipt.path()), receipt.write());
    }
    told.accept(receipt);
    return Answered.line(201, receipt.path());
  }
}
