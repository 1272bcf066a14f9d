package io.stockobserver;

import io.stockobserver.access.HouseRules;
import io.stockobserver.access.Refusals;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.serving.Account;
import io.stockobserver.backup.serving.BackupDesk;
import io.stockobserver.backup.serving.PeerRate;
import io.stockobserver.route.http.BackupFace;
import io.stockobserver.route.http.Control;
import io.stockobserver.route.http.ControlFace;
import io.stockobserver.route.http.Gatekeeper;
import io.stockobserver.route.http.HawtioFace;
import io.stockobserver.route.http.HealthFace;
import io.stockobserver.route.http.HttpAddress;
import io.stockobserver.route.http.HttpFront;
import io.stockobserver.route.http.JolokiaDesk;
import io.stockobserver.route.http.JolokiaFace;
import io.stockobserver.route.http.MetricsFace;
import io.stockobserver.route.http.Page;
import io.stockobserver.route.http.PageFace;
import io.stockobserver.route.http.TlsIdentity;
import io.stockobserver.route.http.TlsKeys;
import io.stockobserver.route.meter.Meters;
import io.stockobserver.secret.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process's port, from its opening on, and who is mounted there. One thread. */
final class HttpRoom implements AutoCloseable {
  /** Whose secret is the password of one run's console. */
  static final String ONE_TIME = "console";

  /** Whose secret opens the certificate's key store. */
  static final String KEY_STORE = "http.tls.key-store";

  private final HttpFront front;
  private final HttpSettings settings;
  private final @Nullable TlsIdentity tls;
  private final @Nullable Account backup;
  private final People people;
  private final Gatekeeper guard;
  private @Nullable JolokiaDesk jolokia;
  private volatile Runnable letGo = () -> {};

  private HttpRoom(
      HttpFront front,
      HttpSettings settings,
      @Nullable TlsIdentity tls,
      @Nullable Account backup,
      People people) {
    this.front = front;
    this.settings = settings;
    this.tls = tls;
    this.backup = backup;
    this.people = people;
    HouseRules rules =
        new HouseRules(
            tls != null, settings.isLoopback(), people::areConfigured, settings.outside());
    this.guard = Gatekeeper.mount(front, rules, people.logins(), people.refusals());
  }

  /**
   * Opens the port; nothing is mounted there yet.
   *
   * @param secrets is taught ours, and takes all out of what is answered
   * @param elsewhere whether any free port will do where the wanted one is taken
   * @throws Settings.SettingsException when others reach it and nobody has an account
   * @throws IOException when the certificate cannot be read or made
   */
  static HttpRoom open(
      HttpSettings settings,
      Credentials credentials,
      Secrets secrets,
      boolean elsewhere,
      Refusals refusals)
      throws IOException {
    People people = People.of(settings, credentials, refusals);
    Path store = settings.keyStore();
    TlsIdentity tls = store == null ? null : new TlsKeys(store).identity();
    Account backup = credentials.find("BACKUP_TOKEN").map(Account::new).orElse(null);
    secrets.learn(ONE_TIME, people.oneTime());
    if (tls != null) {
      secrets.learn(KEY_STORE, tls.password());
    }
    HttpFront front =
        HttpFront.open(new HttpAddress(settings.bind(), settings.port(), elsewhere, tls));
    front.unsecret(secrets::mask);
    return new HttpRoom(front, settings, tls, backup, people);
  }

  /** Hands out the packages of this archive. */
  void serveBackups(Path root, InstantSource clock, Consumer<Receipt> told) {
    PeerRate rate = new PeerRate(settings.perSecond(), System::nanoTime);
    BackupFace.mount(
        front, new BackupDesk(root, new LocalDisk(), settings.name(), backup, rate, clock, told));
  }

  /** Shows how it goes to whoever looks on. */
  void show(Page page) {
    letGo = PageFace.mount(front, page);
  }

  /** Takes commands of this machine. */
  void control(String token, Control control) {
    Account command = new Account(token);
    guard.control(command);
    ControlFace.mount(front, command, control);
  }

  /**
   * Shows the console, unless it is off.
   *
   * @param as does something in the name of an account
   */
  void console(BiConsumer<String, Runnable> as) {
    if (settings.console()) {
      JolokiaDesk desk = new JolokiaDesk();
      jolokia = desk;
      JolokiaFace.mount(front, desk, as);
      HawtioFace.mount(front);
    }
  }

  /** What opens the console where nobody has an account; empty where it is not needed. */
  String oneTimePassword() {
    return people.oneTime().isEmpty()
        ? ""
        : "console at " + front.url() + "/hawtio" + people.word();
  }

  /** Takes a changed file of accounts. */
  LivePeople people() {
    return new LivePeople(settings.users(), people, () -> letGo.run());
  }

  /** Tells load balancers and people how it is, and Prometheus how much. */
  void watch(HealthRoom health, Meters meters) {
    HealthFace.mount(front, health, health::ready);
    MetricsFace.mount(front, meters);
  }

  /** Whether somebody may fetch packages. */
  boolean backups() {
    return backup != null;
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
        + (tls == null ? "" : "\n  certificate " + tls.fingerprint())
        + (settings.console() ? "\n  console at " + front.url() + "/hawtio" + people.word() : "");
  }

  @Override
  public void close() {
    front.close();
    guard.close();
    if (jolokia != null) {
      jolokia.close();
    }
  }
}
