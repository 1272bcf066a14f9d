package io.stockobserver.backup.packing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stockobserver.archive.packages.PackageSignature;
import io.stockobserver.backup.packing.PackageRefused.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs packages: an Ed25519 key in a PEM file (PKCS #8, mode 600) that lies outside
 * of the archive and is generated on first use, its public half beside it. Thread-safe; reads the
 * file once.
 */
public final class PackageKeys {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private @Nullable Pair pair;

  /** A private key, and its public half as packages name it. */
  private record Pair(PrivateKey key, String open) {}

  public PackageKeys(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /** The public key, Base64 of its X.509 form. */
  public String publicKey() throws PackageRefused {
    return pair().open();
  }

  /** Signs; Base64. */
  public String sign(byte[] bytes) throws PackageRefused {
    return sign(pair().key(), bytes);
  }

  private static String sign(PrivateKey key, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(bytes);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has Ed25519", impossible);
    }
  }

  /** Where it is, for a person. */
  @Override
  public String toString() {
    return file.toString();
  }

  private synchronized Pair pair() throws PackageRefused {
    Pair known = pair;
    if (known == null) {
      known = read();
      pair = known;
    }
    return known;
  }

  private Pair read() throws PackageRefused {
    try {
      if (!Files.exists(file)) {
        generate();
      }
      refuseOpenToOthers();
      Pair found = parse(Files.readString(file, US_ASCII));
      Path open = file.resolveSibling(file.getFileName() + ".pub");
      String text = pem("PUBLIC KEY", Base64.getDecoder().decode(found.open()));
      if (!Files.exists(open) || !Files.readString(open, US_ASCII).equals(text)) {
        Files.writeString(open, text, US_ASCII);
      }
      return found;
    } catch (IOException e) {
      throw refused("package.key %s cannot be read or made: %s".formatted(file, e));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused(
          "package.key %s is no Ed25519 key (PKCS #8, PEM); put yours back or, to begin a new chain, remove it"
              .formatted(file));
    }
  }

  private static PackageRefused refused(String message) {
    return new PackageRefused(Reason.KEY, message);
  }

  private void refuseOpenToOthers() throws IOException, PackageRefused {
    if (hasModes(file)) {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      if (!OWNER.containsAll(modes)) {
        throw refused(
            "package.key %s can be read or written by others (%s); chmod 600 %s"
                .formatted(file, PosixFilePermissions.toString(modes), file));
      }
    }
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Written beside and renamed, so that no half of a key is ever taken for one. */
  private void generate() throws IOException, GeneralSecurityException {
    Path folder = file.getParent();
    Files.createDirectories(folder);
    FileAttribute<?>[] mode =
        hasModes(folder)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    Path beside = Files.createTempFile(folder, ".package", ".key", mode);
    try {
      byte[] key =
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
      try (FileChannel out = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(pem("PRIVATE KEY", key).getBytes(US_ASCII)));
        out.force(true);
      }
      Files.move(beside, file); // never over a key that somebody else made meanwhile
    } catch (FileAlreadyExistsException made) {
      // Theirs serves.
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** The public half that lies beside a key, Base64 of its X.509 form; empty for anything else. */
  public static Optional<String> readPublic(Path file) {
    try {
      String text = Files.readString(file, US_ASCII);
      String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
      return Optional.of(body);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), what);
  }

  private static Pair parse(String text) throws GeneralSecurityException {
    String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    PrivateKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    String open = open((EdECPrivateKey) key);
    byte[] probe = {1, 2, 3};
    if (!PackageSignature.holds(probe, sign(key, probe), open)) {
      throw new GeneralSecurityException("its public half cannot be told");
    }
    return new Pair(key, open);
  }

  /**
   * The public half follows from the private one, but Java only tells it when it makes a pair: it
   * is given the private half for the chance that it asks for.
   */
  private static String open(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] seed = key.getBytes().orElseThrow(() -> new GeneralSecurityException("no key in it"));
    KeyPairGenerator maker = KeyPairGenerator.getInstance("Ed25519");
    maker.initialize(NamedParameterSpec.ED25519, new Given(seed));
    return Base64.getEncoder().encodeToString(maker.generateKeyPair().getPublic().getEncoded());
  }

  /** Chance that is none. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, into.length);
    }
  }
}
