package io.stockobserver.archive.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A package's table of contents, its signature and its marker, as they lie in a folder. Whose key
 * it is that has signed is not asked here: the head of the chain tells that.
 */
public final class PackageSeal {
  /** What stays of a package when its day is forgotten. */
  public static final java.util.Set<String> FILES =
      java.util.Set.of("package.json", "package.sig", PackageShelf.MARKER);

  private static final ObjectMapper JSON = new ObjectMapper();

  private PackageSeal() {}

  /**
   * Reads the table of contents and proves that the three belong together.
   *
   * @param folder of the package
   * @throws IOException naming what is missing, damaged or signed otherwise
   */
  public static PackageManifest read(Path folder) throws IOException {
    byte[] bytes = content(folder, "package.json");
    PackageManifest manifest;
    try {
      manifest = PackageManifest.parse(bytes);
    } catch (IOException damaged) {
      throw new IOException("package.json: " + damaged.getMessage(), damaged);
    }
    if (!isSigned(manifest.key(), bytes, new String(content(folder, "package.sig"), UTF_8))) {
      throw new IOException("package.sig is not the signature of package.json");
    }
    JsonNode marker;
    try {
      marker = JSON.readTree(content(folder, PackageShelf.MARKER));
    } catch (com.fasterxml.jackson.core.JacksonException torn) {
      throw new IOException(PackageShelf.MARKER + " cannot be read", torn);
    }
    if (!marker.path("sha256").asText().equals(Sha256.of(bytes))
        || !marker.path("package").asText().equals(manifest.id().toString())) {
      throw new IOException(PackageShelf.MARKER + " speaks of another package.json");
    }
    return manifest;
  }

  /** Whether this is the Ed25519 signature of these bytes by this key (both Base64). */
  static boolean isSigned(String key, byte[] bytes, String signature) {
    try {
      PublicKey whose =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(whose);
      check.update(bytes);
      return check.verify(Base64.getDecoder().decode(signature.strip()));
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      return false;
    }
  }

  private static byte[] content(Path folder, String name) throws IOException {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (NoSuchFileException missing) {
      throw new IOException(name + " is not there", missing);
    }
  }
}
