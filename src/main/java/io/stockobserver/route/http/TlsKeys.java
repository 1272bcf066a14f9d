package io.stockobserver.route.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The server's certificate: read from its key store, or made by the JDK's keytool when there is
 * none, self-signed, for ten years; a backup pins it by its fingerprint, so no authority is needed.
 * The store's password lies beside it. Both are their owner's alone (mode 600).
 */
public final class TlsKeys {
  private static final String ALIAS = "http";

  private final Path store;

  /** In this file, with {@code .password} beside it. */
  public TlsKeys(Path store) {
    this.store = store;
  }

  /**
   * Reads it, or makes it.
   *
   * @throws IOException telling which file is the trouble, in one line
   */
  public TlsIdentity identity() throws IOException {
    Path password = store.resolveSibling(store.getFileName() + ".password");
    if (!Files.exists(store)) {
      make(password);
    }
    try (InputStream in = Files.newInputStream(store)) {
      String word = Files.readString(password).strip();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, word.toCharArray());
      Certificate certificate = keys.getCertificate(keys.aliases().nextElement());
      return new TlsIdentity(store, word, "sha256:" + Sha256.of(certificate.getEncoded()));
    } catch (GeneralSecurityException | IOException wrong) {
      throw new IOException(
          "http.tls.key-store " + store + " cannot be read: " + wrong + "; correct it or remove it",
          wrong);
    }
  }

  private void make(Path password) throws IOException {
    Files.createDirectories(store.toAbsolutePath().getParent());
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    Files.deleteIfExists(password);
    try (var out =
        Files.newByteChannel(
            password,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly())) {
      out.write(
          java.nio.ByteBuffer.wrap((HexFormat.of().formatHex(secret) + "\n").getBytes(UTF_8)));
    }
    Path folder = Files.createTempDirectory(store.toAbsolutePath().getParent(), "key");
    Path made = folder.resolve("store");
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=stock-observer",
            "-validity",
            "3650",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            made.toString(),
            "-storepass:file",
            password.toString()));
    if (isPosix()) {
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
    }
    Files.move(made, store, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(folder);
  }

  private static void run(List<String> command) throws IOException {
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8).strip();
    try {
      if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
        throw new IOException("keytool made no certificate: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a certificate was made", e);
    }
  }

  private static boolean isPosix() {
    return java.io.File.separatorChar != '\\';
  }

  private static FileAttribute<?>[] ownerOnly() {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
