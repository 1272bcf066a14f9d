package io.stockobserver.backup.pulling;

import io.stockobserver.archive.Disk;
import io.stockobserver.evidence.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a backup, as evidence: {@code system/backup/YYYYMMDD.jsonl} of its tree, the day
 * by Seoul's clock. Thread-safe. A tree that takes nothing is told in the log instead.
 */
public final class TreeEvents {
  /** Whose evening it is at 21:10. */
  public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private static final Logger LOG = LoggerFactory.getLogger(TreeEvents.class);

  private final Path root;
  private final Disk disk;
  private final InstantSource clock;
  private final String session;

  /** Of one run of a command or process, in the tree at {@code root}. */
  public TreeEvents(Path root, Disk disk, InstantSource clock, String command) {
    this.root = root;
    this.disk = disk;
    this.clock = clock;
    this.session =
        command
            + "_"
            + DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").format(clock.instant().atZone(SEOUL));
  }

  /** A new event, of now. */
  public Event event(String type) {
    return Event.of(type, clock.instant());
  }

  /**
   * Writes it, durable when it returns.
   *
   * @param provider whose package it is about; {@code backup} where it is about none
   */
  public synchronized void tell(Event event, String provider, String market) {
    Instant at = event.at();
    Path file =
        root.resolve(
            "system/backup/"
                + DateTimeFormatter.BASIC_ISO_DATE.format(at.atZone(SEOUL).toLocalDate())
                + ".jsonl");
    byte[] line = event.line(provider, market, session);
    try {
      boolean isNew = !disk.exists(file);
      disk.createDirectories(file.getParent());
      try (OutputStream out = isNew ? disk.write(file) : disk.append(file)) {
        if (!isNew && torn(file)) {
          out.write('\n'); // what a kill left stays, and is a line of its own
        }
        out.write(line);
        out.write('\n');
      }
      disk.force(file);
      if (isNew) {
        disk.forceDirectory(file.getParent());
      }
    } catch (IOException refused) {
      LOG.error(
          "an event is lost, {} takes nothing: {}",
          file,
          new String(line, java.nio.charset.StandardCharsets.UTF_8),
          refused);
    }
  }

  private boolean torn(Path file) throws IOException {
    long size = disk.size(file);
    return size > 0 && disk.read(file, size - 1, 1)[0] != '\n';
  }
}
