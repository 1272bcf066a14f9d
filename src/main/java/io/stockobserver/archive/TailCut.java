package io.stockobserver.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stockobserver.archive.packages.PackageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Moves what stands behind the last whole line of a file into a file of its own below set_aside.
 * The copy is durable before anything is cut off; after a power cut between the two it is made
 * again.
 */
final class TailCut {
  private static final JsonFactory JSON = new JsonFactory();

  private final Disk disk;
  private final Path root;
  private final Places places;

  TailCut(Disk disk, Path root, Places places) {
    this.disk = disk;
    this.root = root;
    this.places = places;
  }

  /**
   * What was cut.
   *
   * @param keptIn where the bytes are now, below the archive root
   */
  record Cut(Places.Place place, long line, long offset, long bytes, String sha256, String keptIn) {

    /** What the manifest says about the set-aside bytes. */
    ManifestEntry entry(Instant at) {
      return new ManifestEntry(
          keptIn,
          ManifestEntry.State.SEALED,
          bytes,
          0,
          sha256,
          at,
          at,
          0,
          0,
          false,
          0,
          java.util.Optional.empty());
    }

    /** The line that set_aside gets for it. */
    byte[] line(Instant at, String reason, String stage) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      try (JsonGenerator json = JSON.createGenerator(text)) {
        json.writeStartObject();
        json.writeStringField("at", ManifestJson.instant(at));
        json.writeStringField("reason", reason);
        json.writeStringField("stage", stage);
        if (place.lane() == Lane.TAPE) {
          json.writeStringField("tape_ref", place.path() + ":" + line);
        }
        json.writeObjectFieldStart("record");
        json.writeStringField("path", place.path());
        json.writeNumberField("line", line);
        json.writeNumberField("offset", offset);
        json.writeNumberField("bytes", bytes);
        json.writeStringField("sha256", sha256);
        json.writeStringField("kept_in", keptIn);
        json.writeEndObject();
        json.writeEndObject();
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible); // it goes to memory
      }
      return text.toByteArray();
    }
  }

  /**
   * Cuts a file back to its first {@code keep} bytes, which are {@code lines} whole lines.
   *
   * @throws IOException with the file as it was, when the bytes cannot be set aside
   */
  Cut cut(Places.Place place, long keep, long lines) throws IOException {
    Path file = root.resolve(place.path());
    String keptIn = freeName(place);
    Path aside = root.resolve(keptIn);
    disk.createDirectories(aside.getParent());
    Path beside = aside.resolveSibling(aside.getFileName() + ".tmp");
    MessageDigest digest = Sha256.start();
    long bytes = 0;
    try (InputStream in = disk.read(file);
        OutputStream out = disk.write(beside)) {
      in.skipNBytes(keep);
      byte[] chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
        digest.update(chunk, 0, n);
        bytes += n;
      }
    } catch (IOException full) {
      disk.delete(beside);
      throw full;
    }
    disk.force(beside);
    disk.rename(beside, aside);
    disk.forceDirectory(aside.getParent());
    disk.truncate(file, keep);
    disk.force(file);
    return new Cut(place, lines + 1, keep, bytes, Sha256.soFar(digest), keptIn);
  }

  private String freeName(Places.Place place) {
    String name = place.path().substring(place.path().lastIndexOf('/') + 1);
    String start =
        "%s/%s/%s-%s.torn-"
            .formatted(
                places.folder(Lane.SET_ASIDE),
                PackageId.DAY.format(place.day()),
                place.lane().word(),
                name.substring(0, name.length() - ".jsonl".length()));
    int n = 1;
    while (disk.exists(root.resolve(start + n + ".bin"))) {
      n++;
    }
    return start + n + ".bin";
  }
}
