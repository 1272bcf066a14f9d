package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The writer's hold on a root directory: {@code observer.lock}, which tells other programs who
 * writes and how to reach it. Thread-safe. The file is never deleted, because a lock on a deleted
 * file keeps nobody out.
 */
public final class ArchiveLock implements AutoCloseable {
  private static final String NAME = "observer.lock";
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * What this process holds. A POSIX lock belongs to the process and ends when any handle on the
   * file is closed, so nobody in here may open the file a second time.
   */
  private static final Map<Path, ArchiveLock> HELD = new ConcurrentHashMap<>();

  private final Path root;
  private final Instant startedAt;
  private final String token;
  private @Nullable FileChannel channel;
  private String url = "";

  /** Who holds a directory. The token lets its bearer control the observer: tell nobody. */
  public record Holder(long pid, Instant startedAt, String url, String token) {
    @Override
    public String toString() {
      return "pid " + pid + " " + url;
    }
  }

  private ArchiveLock(Path root, Instant startedAt) {
    this.root = root;
    this.startedAt = startedAt;
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    this.token = HexFormat.of().formatHex(secret);
  }

  /**
   * Takes the directory, which is made when it is not there.
   *
   * @throws ArchiveException when another process, or this one, holds it, or it cannot be written
   */
  public static ArchiveLock take(Path root, InstantSource clock) throws ArchiveException {
    try {
      Files.createDirectories(root);
      Path real = root.toRealPath();
      ArchiveLock lock = new ArchiveLock(real, clock.instant());
      if (HELD.putIfAbsent(real, lock) != null) {
        throw refused(real, ProcessHandle.current().pid());
      }
      try {
        lock.acquire();
      } catch (IOException | RuntimeException refused) {
        HELD.remove(real, lock);
        throw refused;
      }
      return lock;
    } catch (IOException unusable) {
      throw new ArchiveException(
          "archive.dir %s cannot be used: %s; make it a writable directory with free space"
              .formatted(root, reason(unusable)),
          unusable);
    }
  }

  private static String reason(IOException unusable) {
    return unusable instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : unusable.toString();
  }

  private static ArchiveException refused(Path root, long pid) {
    return new ArchiveException(
        "archive.dir %s is being written by process %s; stop that one or choose another directory"
            .formatted(root, pid > 0 ? Long.toString(pid) : "(pid not known yet)"));
  }

  private synchronized void acquire() throws IOException {
    Path file = root.resolve(NAME);
    FileChannel opened =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            ownerOnly());
    boolean locked = false;
    try {
      locked = opened.tryLock() != null;
    } catch (OverlappingFileLockException held) {
      // Another class loader of this process holds it; told below like any other holder.
    }
    if (!locked) {
      long pid = parse(content(opened)).map(Holder::pid).orElse(0L);
      opened.close();
      throw refused(root, pid);
    }
    channel = opened;
    write();
  }

  private static FileAttribute<?>[] ownerOnly() {
    return java.io.File.separatorChar == '\\'
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
  }

  /** Who holds this directory; empty when nobody does. */
  public static Optional<Holder> holder(Path root) throws IOException {
    if (!Files.exists(root.resolve(NAME))) {
      return Optional.empty();
    }
    ArchiveLock ours = HELD.get(root.toRealPath());
    if (ours != null) {
      return Optional.of(ours.mine());
    }
    try (FileChannel file =
        FileChannel.open(root.resolve(NAME), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      try (var free = file.tryLock()) {
        return free != null ? Optional.empty() : parse(content(file));
      }
    }
  }

  /**
   * Whether somebody is writing here, by the file's own word: it takes no lock, not even for an
   * instant, so that no start is ever refused because somebody looked.
   */
  public static boolean isWritten(Path root) throws IOException {
    Path file = root.resolve(NAME);
    if (!Files.exists(file)) {
      return false;
    }
    if (HELD.containsKey(root.toRealPath())) {
      return true;
    }
    return parse(Files.readAllBytes(file))
        .filter(holder -> holder.pid() > 0)
        .flatMap(holder -> ProcessHandle.of(holder.pid()))
        .filter(ProcessHandle::isAlive)
        .isPresent();
  }

  private static byte[] content(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(4096, file.size()));
    file.read(bytes, 0);
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  private synchronized Holder mine() {
    return new Holder(ProcessHandle.current().pid(), startedAt, url, token);
  }

  /** Says where this process can be reached. */
  public synchronized void url(String reachedAt) throws IOException {
    url = reachedAt;
    write();
  }

  /** The control token of this start. */
  public String token() {
    return token;
  }

  private void write() throws IOException {
    FileChannel file = channel;
    if (file == null) {
      return;
    }
    Holder holder = mine();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("pid", holder.pid());
      json.writeStringField("started_at", ManifestJson.instant(holder.startedAt()));
      json.writeStringField("url", holder.url());
      json.writeStringField("token", holder.token());
      json.writeEndObject();
    }
    ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(UTF_8));
    long size = bytes.remaining();
    while (bytes.hasRemaining()) {
      file.write(bytes, size - bytes.remaining());
    }
    file.truncate(size);
    file.force(true);
  }

  private static Optional<Holder> parse(byte[] content) {
    long pid = 0;
    Instant startedAt = Instant.EPOCH;
    String url = "";
    String token = "";
    try (JsonParser json = JSON.createParser(content)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "pid" -> pid = json.getLongValue();
          case "started_at" -> startedAt = Instant.parse(json.getText());
          case "url" -> url = json.getText();
          case "token" -> token = json.getText();
          default -> json.skipChildren();
        }
      }
      return Optional.of(new Holder(pid, startedAt, url, token));
    } catch (IOException | RuntimeException half) {
      return Optional.empty(); // it is being written at this moment
    }
  }

  /** Lets go; the file stays, empty. */
  @Override
  public synchronized void close() throws ArchiveException {
    FileChannel file = channel;
    if (file == null) {
      return;
    }
    channel = null;
    try (file) {
      file.truncate(0);
    } catch (IOException why) {
      throw new ArchiveException("cannot empty " + root.resolve(NAME) + ": " + why, why);
    } finally {
      HELD.remove(root, this);
    }
  }
}
