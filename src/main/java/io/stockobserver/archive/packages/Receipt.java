package io.stockobserver.archive.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody's word that a package is safe with them. Of the two kinds only {@link Kind#DRILLED}
 * unlocks a deletion: it says that every byte was read back from the disk that it lies on.
 *
 * @param packageSha256 of the package's manifest
 * @param by the name of the backup, such as its host's
 * @param files how many were checked
 * @param bytes of content in them
 * @param lines in them; 0 when they were not counted
 * @param share of the package that was read back, 0 to 1
 */
public record Receipt(
    Kind kind,
    PackageId id,
    String packageSha256,
    String by,
    Instant at,
    long files,
    long bytes,
    long lines,
    double share) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** What was done. */
  public enum Kind {
    /** Fetched, and each file's checksum held while it streamed. */
    PULLED,
    /** Read back from the backup's disk, decompressed, parsed and compared. */
    DRILLED
  }

  /** Refuses what cannot be a receipt. */
  public Receipt {
    if (!NAME.matcher(by).matches()) {
      throw new IllegalArgumentException("a backup's name has letters, digits, . _ and -: " + by);
    }
    if (!SHA256.matcher(packageSha256).matches()) {
      throw new IllegalArgumentException("no SHA-256: " + packageSha256);
    }
    if (files < 0 || bytes < 0 || lines < 0 || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a count below 0 or a share above 1");
    }
  }

  /** Whether it lets a day be forgotten: everything was read back. */
  public boolean proves() {
    return kind == Kind.DRILLED && share == 1.0;
  }

  /** The one of these that lets a day be forgotten: of somebody who fetched it and read it all. */
  public static Optional<Receipt> proving(List<Receipt> receipts) {
    return receipts.stream()
        .filter(Receipt::proves)
        .filter(
            drilled ->
                receipts.stream().anyMatch(r -> r.kind == Kind.PULLED && r.by.equals(drilled.by)))
        .findFirst();
  }

  /** Whether its giver takes an earlier word back: its copy was found damaged. */
  public boolean withdraws() {
    return kind == Kind.DRILLED && share == 0;
  }

  /**
   * Where it is kept below the root of an archive or a backup; a later one of the same name wins.
   */
  public String path() {
    return id.receipts() + "/" + kind.name().toLowerCase(Locale.ROOT) + "-" + by + ".json";
  }

  /** As it is kept and sent: a line, and a line with its checksum. */
  public byte[] write() {
    ObjectNode all = JSON.createObjectNode();
    all.put("receipt", kind.name().toLowerCase(Locale.ROOT));
    all.put("package", id.toString());
    all.put("package_sha256", packageSha256);
    all.put("by", by);
    all.put("at", Checked.instant(at));
    all.put("files", files);
    all.put("bytes", bytes);
    all.put("lines", lines);
    all.put("share", share);
    String text = all.toString();
    return Checked.close(text.substring(0, text.length() - 1) + ",\n");
  }

  /**
   * Reads one.
   *
   * @throws IOException when a single bit is not as it was written, or it is none
   */
  public static Receipt parse(byte[] bytes) throws IOException {
    JsonNode all = JSON.readTree(Checked.open(bytes));
    try {
      return new Receipt(
          Kind.valueOf(all.required("receipt").asText().toUpperCase(Locale.ROOT)),
          PackageId.parse(all.required("package").asText()),
          all.required("package_sha256").asText(),
          all.required("by").asText(),
          Instant.parse(all.required("at").asText()),
          all.required("files").asLong(),
          all.required("bytes").asLong(),
          all.required("lines").asLong(),
          all.required("share").asDouble());
    } catch (RuntimeException wrong) {
      throw new IOException("no receipt: " + wrong.getMessage(), wrong);
    }
  }
}
