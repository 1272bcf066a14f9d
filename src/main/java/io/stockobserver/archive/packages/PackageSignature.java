package io.stockobserver.archive.packages;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Checks Ed25519 signatures of packages and heads. Whose the key is has to be known otherwise. */
public final class PackageSignature {
  /** The signature of {@code package.json}, beside it. */
  public static final String FILE = "package.sig";

  private PackageSignature() {}

  /**
   * Whether these very bytes were signed by the owner of a key; false for what is no signature or
   * no key.
   *
   * @param signature Base64, as {@code package.sig} has it; white space around it is no harm
   * @param key public, Base64 of its X.509 form
   */
  public static boolean holds(byte[] signed, String signature, String key) {
    try {
      PublicKey owner =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(owner);
      check.update(signed);
      return check.verify(Base64.getDecoder().decode(signature.strip()));
    } catch (GeneralSecurityException | IllegalArgumentException none) {
      return false;
    }
  }
}
