package io.stockobserver.archive.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Where a provider's chain of packages ends: {@code package/<provider>/head.json}, outside of the
 * chain, so that one which was cut short is noticed.
 *
 * @param id the package made last
 * @param sha256 of its {@code package.json}
 * @param signature Base64, of {@link #signed}
 */
public record PackageHead(PackageId id, String sha256, String signature) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where a provider's is, below the root. */
  public static String path(String provider) {
    return "package/" + provider + "/head.json";
  }

  /** What is signed: the package's name, a space, the checksum; no newline. */
  public static byte[] signed(PackageId id, String sha256) {
    return (id + " " + sha256).getBytes(UTF_8);
  }

  /** Whether the owner of this key has signed it. */
  public boolean holds(String key) {
    return PackageSignature.holds(signed(id, sha256), signature, key);
  }

  /** As it is kept: one line. */
  public byte[] write() {
    try {
      return (JSON.writeValueAsString(
                  JSON.createObjectNode()
                      .put("package", id.toString())
                      .put("sha256", sha256)
                      .put("signature", signature))
              + "\n")
          .getBytes(UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("a line in memory", impossible);
    }
  }

  /**
   * Reads one. Whether its signature holds is another question.
   *
   * @throws IOException when it is none
   */
  public static PackageHead parse(byte[] bytes) throws IOException {
    try {
      JsonNode all = JSON.readTree(bytes);
      return new PackageHead(
          PackageId.parse(all.required("package").asText()),
          all.required("sha256").asText(),
          all.required("signature").asText());
    } catch (IllegalArgumentException | IOException wrong) {
      throw new IOException("no head of a chain of packages: " + wrong.getMessage(), wrong);
    }
  }
}
