package io.stockobserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.ArchiveLock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks the observer that has an archive to do something with it: where it is and what opens it
 * stands in {@code observer.lock}, which only its owner can read.
 */
final class ControlClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration WORK = Duration.ofHours(2);

  private final ArchiveLock.Holder holder;
  private final Path root;

  private ControlClient(ArchiveLock.Holder holder, Path root) {
    this.holder = holder;
    this.root = root;
  }

  /** Of the process that writes there; empty when none does. */
  static Optional<ControlClient> of(Path root) throws IOException {
    return ArchiveLock.holder(root).map(holder -> new ControlClient(holder, root));
  }

  /**
   * Asks; blocks until it is done.
   *
   * @param path such as {@code /api/retention?dry-run=true}
   * @throws ArchiveException when it does not answer, or cannot do it
   */
  JsonNode post(String path) {
    if (holder.url().isEmpty()) {
      throw new ArchiveException(
          "archive.dir %s is being written by process %d, which does not answer yet; try again in a moment"
              .formatted(root, holder.pid()));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(holder.url() + path))
            .timeout(WORK)
            .header("Authorization", "Bearer " + holder.token())
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<byte[]> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT)
              .sslContext(ofThisMachine())
              .build()
              .send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode told = JSON.readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new ArchiveException(
            "process %d, which writes %s, refuses: %s"
                .formatted(
                    holder.pid(), root, told.path("error").asText("HTTP " + answer.statusCode())));
      }
      return told;
    } catch (IOException gone) {
      throw new ArchiveException(
          "process %d, which writes %s, does not answer at %s: %s"
              .formatted(holder.pid(), root, holder.url(), gone.getMessage()),
          gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ArchiveException("interrupted", e);
    }
  }

  /** The lock file has named it, on this machine: its certificate is whoever's it likes. */
  private static SSLContext ofThisMachine() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java has TLS
    }
  }

  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
