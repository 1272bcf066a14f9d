package io.stockobserver.backup.pulling;

import io.stockobserver.archive.Sha256;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts one certificate, by its fingerprint: the pinned one or, where none is pinned, the first
 * that is shown. No authority and no host name decides. Thread-safe.
 */
final class PinnedTls extends X509ExtendedTrustManager {
  private final AtomicReference<@Nullable String> trusted;

  PinnedTls(@Nullable String pin) {
    trusted = new AtomicReference<>(pin);
  }

  /** The certificate that is trusted; empty when none has been shown yet. */
  Optional<String> fingerprint() {
    return Optional.ofNullable(trusted.get());
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java has TLS
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    String shown = "sha256:" + Sha256.of(chain[0].getEncoded());
    String first = trusted.compareAndExchange(null, shown);
    if (first != null && !first.equals(shown)) {
      throw new CertificateException("it shows the certificate " + shown + ", not " + first);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("we are no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("we are no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("we are no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
