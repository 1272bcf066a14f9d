package io.stockobserver.route.http;

import java.nio.file.Path;

/**
 * What a server shows to prove who it is.
 *
 * @param keyStore PKCS#12, readable by its owner alone
 * @param password of the store; never told
 * @param fingerprint {@code sha256:HEX} of the certificate, for {@code backup.pins}
 */
public record TlsIdentity(Path keyStore, String password, String fingerprint) {
  @Override
  public String toString() {
    return fingerprint;
  }
}
