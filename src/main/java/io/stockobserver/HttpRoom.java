package io.stockobserver;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.Account;
import io.stockobserver.backup.BackupDesk;
import io.stockobserver.backup.PeerRate;
import io.stockobserver.route.http.BackupFace;
import io.stockobserver.route.http.Control;
import io.stockobserver.route.http.ControlFace;
import io.stockobserver.route.http.HttpAddress;
import io.stockobserver.route.http.HttpFront;
import io.stockobserver.route.http.Page;
import io.stockobserver.route.http.PageFace;
import io.stockobserver.route.http.TlsIdentity;
import io.stockobserver.route.http.TlsKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process's port, from its opening on, and who is mounted there. One thread. */
final class HttpRoom implements AutoCloseable {
  private final HttpFront front;
  private final HttpSettings settings;
  private final @Nullable TlsIdentity tls;
  private final @Nullable Account backup;

  private HttpRoom(
      HttpFront front, HttpSettings settings, @Nullable TlsIdentity tls, @Nullable Account backup) {
    this.front = front;
    this.settings = settings;
    this.tls = tls;
    this.backup = backup;
  }

  /**
   * Opens the port; nothing is mounted there yet.
   *
   * @param elsewhere whether any free port will do where the wanted one is taken
   * @throws IOException when the certificate cannot be read or made
   */
  static HttpRoom open(HttpSettings settings, Credentials credentials, boolean elsewhere)
      throws IOException {
    Path store = settings.keyStore();
    TlsIdentity tls = store == null ? null : new TlsKeys(store).identity();
    Account backup = credentials.find("BACKUP_TOKEN").map(Account::new).orElse(null);
    return new HttpRoom(
        HttpFront.open(new HttpAddress(settings.bind(), settings.port(), elsewhere, tls)),
        settings,
        tls,
        backup);
  }

  /** Hands out the packages of this archive. */
  void serveBackups(Path root, InstantSource clock, Consumer<Receipt> told) {
    PeerRate rate = new PeerRate(settings.perSecond(), System::nanoTime);
    BackupFace.mount(
        front, new BackupDesk(root, new LocalDisk(), settings.name(), backup, rate, clock, told));
  }

  /** Shows how it goes to whoever looks on. */
  void show(Page page) {
    PageFace.mount(front, page);
  }

  /** Takes commands of this machine. */
  void control(String token, Control control) {
    ControlFace.mount(front, new Account(token), control);
  }

  String url() {
    return front.url();
  }

  /** What a person should know of it, in a line. */
  String greeting() {
    return front.url()
        + (front.elsewhere() ? " (port " + settings.port() + " is taken)" : "")
        + (backup == null
            ? "  /backup is off: BACKUP_TOKEN is not set"
            : "  /backup for BACKUP_TOKEN")
        + (tls == null ? "" : "\n  certificate " + tls.fingerprint());
  }

  @Override
  public void close() {
    front.close();
  }
}
