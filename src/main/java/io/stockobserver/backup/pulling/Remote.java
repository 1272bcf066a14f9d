package io.stockobserver.backup.pulling;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.serving.BackupDesk;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One server over HTTP: asks, and turns whatever else than an answer comes into a {@link
 * PullException}. Where it is told to ask less often, it does. Thread-safe.
 */
final class Remote {
  private static final int LARGEST_TEXT = 64 << 20;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int WAITS = 10;

  private final PullServer server;
  private final PinnedTls tls;
  private final Patience patience;
  private final HttpClient client;

  /** A body that is being read; to be closed. */
  record Body(int status, InputStream stream, HttpResponse<?> response) implements AutoCloseable {
    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  Remote(PullServer server, @Nullable String pin, Patience patience, Executor executor) {
    this.server = server;
    this.tls = new PinnedTls(pin);
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.stall())
            .sslContext(tls.context())
            .executor(executor)
            .build();
  }

  /** The certificate that it showed; empty for plain HTTP. */
  Optional<String> certificate() {
    return server.url().getScheme().equals("https") ? tls.fingerprint() : Optional.empty();
  }

  /** A short file, whole. */
  byte[] text(String path) throws PullException {
    try (Body body = send(request(path).GET().build())) {
      if (body.status() != 200) {
        throw status(path, body.status());
      }
      byte[] text = body.stream().readNBytes(LARGEST_TEXT + 1);
      long told = body.response().headers().firstValueAsLong("Content-Length").orElse(text.length);
      if (text.length > LARGEST_TEXT || text.length != told) {
        throw new PullException(Trouble.BAD_ANSWER, name(path) + " is not as long as it was told");
      }
      return text;
    } catch (PullException known) {
      throw known;
    } catch (IOException broken) {
      throw unreachable(broken);
    }
  }

  /**
   * A file from an offset on.
   *
   * @return status 200 with all of it, 206 with the rest, or 416
   */
  Body open(PackageId id, String stored, long from, String sha256) throws PullException {
    String path = id + "/" + stored;
    HttpRequest.Builder request = request(path).GET();
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-").header("If-Range", '"' + sha256 + '"');
    }
    Body body = send(request.build());
    if (body.status() == 200 || body.status() == 206 || body.status() == 416) {
      return body;
    }
    try (body) {
      throw status(path, body.status());
    } catch (PullException known) {
      throw known;
    } catch (IOException broken) {
      throw unreachable(broken);
    }
  }

  /** Gives a receipt. */
  void give(Receipt receipt) throws PullException {
    String path = receipt.id() + "/receipt";
    HttpRequest request =
        request(path).POST(HttpRequest.BodyPublishers.ofByteArray(receipt.write())).build();
    try (Body body = send(request)) {
      if (body.status() == 409) {
        throw new PullException(
            Trouble.PACKAGE_CHANGED, receipt.id() + " is another package there by now");
      }
      if (body.status() / 100 != 2) {
        throw status(path, body.status());
      }
    } catch (PullException known) {
      throw known;
    } catch (IOException broken) {
      throw unreachable(broken);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + BackupDesk.PREFIX + path))
        .timeout(patience.stall())
        .header("Authorization", "Bearer " + server.token());
  }

  private Body send(HttpRequest request) throws PullException {
    for (int waited = 0; ; waited++) {
      HttpResponse<InputStream> response;
      try {
        response = client.send(request, told -> new BodyQueue(patience.stall()));
      } catch (IOException broken) {
        throw unreachable(broken);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PullException(Trouble.UNREACHABLE, "interrupted", e);
      }
      Body body = new Body(response.statusCode(), response.body(), response);
      if (body.status() != 429) {
        return body;
      }
      Duration wait = wait(body);
      if (waited >= WAITS || wait.compareTo(LONGEST_WAIT) > 0) {
        throw new PullException(Trouble.BUSY, server.name() + " wants us to ask less often (429)");
      }
      patience.sleep(wait);
    }
  }

  private static Duration wait(Body body) throws PullException {
    try (body) {
      return Duration.ofSeconds(Long.parseLong(body.header("Retry-After").orElse("1").strip()));
    } catch (IOException | NumberFormatException unclear) {
      return Duration.ofSeconds(1);
    }
  }

  private String name(String path) {
    return server.name() + ": " + path;
  }

  private PullException status(String path, int status) {
    return switch (status) {
      case 401, 403 ->
          new PullException(
              Trouble.REFUSED,
              "%s does not take our token (HTTP %d); BACKUP_TOKEN has to be the server's"
                  .formatted(server.name(), status));
      case 404 ->
          path.equals("packages")
              ? new PullException(
                  Trouble.REFUSED,
                  server.name() + " has no /backup (HTTP 404); set BACKUP_TOKEN on that server")
              : new PullException(Trouble.PACKAGE_CHANGED, name(path) + " is not there any more");
      default ->
          status == 500
              ? new PullException(
                  Trouble.DAMAGED, name(path) + " cannot be read there (HTTP " + status + ")")
              : new PullException(
                  status > 500 ? Trouble.UNREACHABLE : Trouble.BAD_ANSWER,
                  name(path) + " is answered with " + status);
    };
  }

  private PullException unreachable(IOException broken) {
    for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
      if (cause instanceof PullException known) {
        return known;
      }
      if (cause instanceof CertificateException other) {
        return new PullException(
            Trouble.CERTIFICATE_CHANGED,
            "%s is not who it was: %s; if it is meant, set backup.pins"
                .formatted(server.name(), other.getMessage()),
            broken);
      }
    }
    if (broken instanceof HttpTimeoutException) {
      return new PullException(
          Trouble.STALLED,
          "%s did not answer within %s s".formatted(server, patience.stall().toMillis() / 1000.0),
          broken);
    }
    String why = broken.getMessage();
    return new PullException(
        Trouble.UNREACHABLE,
        "%s cannot be reached: %s"
            .formatted(server, why == null ? broken.getClass().getSimpleName() : why),
        broken);
  }
}
