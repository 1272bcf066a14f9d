package io.stockobserver.route.http;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.serving.Account;
import io.stockobserver.backup.serving.BackupDesk;
import io.stockobserver.backup.serving.PeerRate;
import java.nio.file.Path;
import java.time.Instant;

/** The real port with nothing behind it but packages. */
public final class HttpFrontForTests {
  private HttpFrontForTests() {}

  /** Serves until it is closed. */
  public static HttpFront serve(Path root, int port, String token) {
    HttpFront front = HttpFront.open(HttpAddress.plain("127.0.0.1", port));
    BackupFace.mount(
        front,
        new BackupDesk(
            root,
            new LocalDisk(),
            "tokyo",
            new Account(token),
            new PeerRate(10_000, System::nanoTime),
            () -> Instant.parse("2026-11-20T15:10:00Z"),
            receipt -> {}));
    return front;
  }
}
