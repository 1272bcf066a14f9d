package io.stockobserver.archive.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * {@code SUCCESS.marker}, the last file of a package: without it there is none.
 *
 * @param sha256 of {@code package.json}
 * @param files how many it lists
 * @param bytes stored in them
 */
public record PackageMarker(PackageId id, String sha256, long files, long bytes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As it is kept: one line. */
  public byte[] write() {
    try {
      return (JSON.writeValueAsString(
                  JSON.createObjectNode()
                      .put("package", id.toString())
                      .put("sha256", sha256)
                      .put("files", files)
                      .put("bytes", bytes))
              + "\n")
          .getBytes(UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("a line in memory", impossible);
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException when it is none
   */
  public static PackageMarker parse(byte[] bytes) throws IOException {
    try {
      JsonNode all = JSON.readTree(bytes);
      return new PackageMarker(
          PackageId.parse(all.required("package").asText()),
          all.required("sha256").asText(),
          all.required("files").asLong(),
          all.required("bytes").asLong());
    } catch (IllegalArgumentException | IOException wrong) {
      throw new IOException("no marker of a package: " + wrong.getMessage(), wrong);
    }
  }
}
