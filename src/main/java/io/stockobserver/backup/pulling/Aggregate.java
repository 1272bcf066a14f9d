package io.stockobserver.backup.pulling;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.market.Stamp;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One day over all providers and servers: {@code aggregate/YYYYMMDD.json} of a backup, made anew
 * from what lies in it and what went wrong just now. Its last line is the checksum of all others,
 * as in a manifest.
 */
final class Aggregate {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BackupTree tree;
  private final Claims claims;

  Aggregate(BackupTree tree, Claims claims) {
    this.tree = tree;
    this.claims = claims;
  }

  /**
   * Writes a day's.
   *
   * @param rows of this pull, for what is not here
   */
  void write(LocalDate day, Instant at, List<PullReport.Row> rows) throws PullException {
    String date = DateTimeFormatter.BASIC_ISO_DATE.format(day);
    Map<String, String> lines = new TreeMap<>();
    try {
      for (PackageId id : tree.shelf().all()) {
        if (id.date().equals(day)) {
          // The versions of a day come in order: the newest stays.
          lines.put(ServerBook.day(id), whole(id));
        }
      }
    } catch (IOException unreadable) {
      throw PullException.target(tree.root(), unreadable);
    }
    for (PullReport.Row row : rows) {
      for (PullReport.Fault fault : row.faults()) {
        PackageId id = fault.id();
        if (id != null && id.date().equals(day) && keepsOut(fault.trouble())) {
          lines.put(ServerBook.day(id) + " " + row.server(), failed(row.server(), id, fault));
        }
      }
    }
    String body =
        "{\"day\":\"%s\",\"written_at\":\"%s\",\"packages\":[\n%s],\n"
            .formatted(
                date,
                Stamp.of(at),
                lines.isEmpty() ? "" : String.join(",\n", lines.values()) + "\n");
    String check = "\"check\":\"" + Sha256.of(body.getBytes(UTF_8)) + "\"}\n";
    tree.write("aggregate/" + date + ".json", (body + check).getBytes(UTF_8));
  }

  /** A package that is old, or of tomorrow, is here all the same. */
  private static boolean keepsOut(Trouble trouble) {
    return trouble != Trouble.CLOCK && trouble != Trouble.TOO_OLD;
  }

  private String whole(PackageId id) throws IOException {
    PackageManifest manifest;
    try {
      manifest = tree.shelf().manifest(id);
    } catch (IOException damaged) {
      return one(claims.holder(id).orElse(""), id)
          .put("state", "damaged")
          .put("detail", String.valueOf(damaged.getMessage()))
          .toString();
    }
    return one(claims.holder(id).orElse(""), id)
        .put("sha256", tree.shelf().sha256(id))
        .put("complete", manifest.complete())
        .put("files", manifest.files().size())
        .put("bytes", manifest.files().stream().mapToLong(PackageFile::bytes).sum())
        .put("stored_bytes", manifest.storedBytes())
        .put("state", "whole")
        .toString();
  }

  private static String failed(String server, PackageId id, PullReport.Fault fault) {
    return one(server, id)
        .put("state", "failed")
        .put("reason", fault.trouble().name().toLowerCase(Locale.ROOT))
        .put("detail", fault.detail())
        .toString();
  }

  private static ObjectNode one(String server, PackageId id) {
    return JSON.createObjectNode()
        .put("provider", id.provider())
        .put("server", server)
        .put("package", id.toString());
  }
}
