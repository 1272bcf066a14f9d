package io.stockobserver.backup.pulling;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way here: first what an earlier attempt left in its {@code .part}, then the rest
 * from the server, which is written there as it comes. A connection that breaks is opened again
 * where it broke, without its reader noticing. Throws {@link PullException}s only. One thread.
 */
final class Download extends InputStream {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private final Remote remote;
  private final PackageId id;
  private final PackageFile file;
  private final Path part;
  private final Patience patience;
  private final LongConsumer progress;
  private final long resumed;
  private long at;
  private int failures;
  private @Nullable InputStream left;
  private @Nullable OutputStream out;
  private Remote.@Nullable Body body;

  Download(
      Remote remote,
      PackageId id,
      PackageFile file,
      Disk disk,
      Path part,
      Patience patience,
      LongConsumer progress)
      throws PullException {
    this.remote = remote;
    this.id = id;
    this.file = file;
    this.part = part;
    this.patience = patience;
    this.progress = progress;
    try {
      long size = disk.exists(part) ? disk.size(part) : 0;
      resumed = size <= file.storedBytes() ? size : 0;
      if (resumed > 0) {
        left = disk.read(part);
      } else {
        disk.createDirectories(part.getParent());
      }
      out = resumed > 0 ? disk.append(part) : disk.write(part);
    } catch (IOException refused) {
      throw PullException.target(part, refused);
    }
  }

  /** How many bytes an earlier attempt had left. */
  long resumed() {
    return resumed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PullException {
    InputStream mine = left;
    if (mine != null) {
      int n = fromPart(mine, into, offset, length);
      if (n >= 0) {
        return moved(n);
      }
    }
    if (at >= file.storedBytes()) {
      return -1;
    }
    return fromServer(into, offset, (int) Math.min(length, file.storedBytes() - at));
  }

  private int fromPart(InputStream mine, byte[] into, int offset, int length) throws PullException {
    try {
      int n = at < resumed ? mine.read(into, offset, (int) Math.min(length, resumed - at)) : -1;
      if (n < 0) {
        mine.close();
        left = null;
        if (at < resumed) {
          throw new IOException("it became shorter");
        }
      }
      return n;
    } catch (IOException unreadable) {
      throw PullException.target(part, unreadable);
    }
  }

  private int fromServer(byte[] into, int offset, int length) throws PullException {
    while (true) {
      try {
        Remote.Body open = body == null ? connect() : body;
        int n = open.stream().read(into, offset, length);
        if (n > 0) {
          failures = 0;
          write(into, offset, n);
          return moved(n);
        }
        throw new PullException(
            Trouble.UNREACHABLE, id + "/" + file.stored() + " broke off after " + at + " bytes");
      } catch (PullException known) {
        again(known);
      } catch (IOException broken) {
        again(
            new PullException(
                Trouble.UNREACHABLE,
                "%s/%s broke off after %d bytes: %s"
                    .formatted(id, file.stored(), at, broken.getMessage()),
                broken));
      }
    }
  }

  private void again(PullException why) throws PullException {
    disconnect();
    failures++;
    boolean network = why.trouble() == Trouble.UNREACHABLE || why.trouble() == Trouble.STALLED;
    if (!network || failures >= patience.attempts() || Thread.currentThread().isInterrupted()) {
      throw why;
    }
    patience.pause(failures);
  }

  private Remote.Body connect() throws IOException {
    Remote.Body open = remote.open(id, file.stored(), at, file.storedSha256());
    body = open;
    String tag = open.header("ETag").orElse("");
    if (!tag.isEmpty() && !tag.equals('"' + file.storedSha256() + '"')) {
      throw new PullException(
          Trouble.PACKAGE_CHANGED, id + "/" + file.stored() + " has changed while it was pulled");
    }
    long from = open.status() == 206 ? begin(open) : 0;
    if (open.status() == 416 || from > at) {
      throw bad("with another range than was asked for");
    }
    long told = open.response().headers().firstValueAsLong("Content-Length").orElse(-1);
    if (told >= 0 && told != file.storedBytes() - from) {
      throw bad("with " + told + " bytes, " + (file.storedBytes() - from) + " are wanted");
    }
    if (from < at) {
      open.stream().skipNBytes(at - from); // it knows no ranges
    }
    return open;
  }

  private long begin(Remote.Body open) throws PullException {
    Matcher range = RANGE.matcher(open.header("Content-Range").orElse(""));
    if (!range.matches()
        || Long.parseLong(range.group(1)) != at
        || Long.parseLong(range.group(2)) != file.storedBytes() - 1
        || Long.parseLong(range.group(3)) != file.storedBytes()) {
      throw bad("with another range than was asked for");
    }
    return at;
  }

  private PullException bad(String how) {
    return new PullException(
        Trouble.BAD_ANSWER, "%s/%s is answered %s".formatted(id, file.stored(), how));
  }

  private void write(byte[] from, int offset, int n) throws PullException {
    OutputStream open = out;
    try {
      if (open == null) {
        throw new IOException("closed");
      }
      open.write(from, offset, n);
    } catch (IOException refused) {
      throw PullException.target(part, refused);
    }
  }

  private int moved(int n) {
    at += n;
    progress.accept(n);
    return n;
  }

  private void disconnect() {
    Remote.Body open = body;
    body = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException broken) {
      // It is given up in any case.
    }
  }

  /** Ends the connection; what came is in the part. */
  @Override
  public void close() throws PullException {
    disconnect();
    OutputStream open = out;
    out = null;
    try (InputStream mine = left;
        OutputStream written = open) {
      left = null;
    } catch (IOException refused) {
      throw PullException.target(part, refused);
    }
  }
}
