package io.stockobserver.provider.kis;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.Desk;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one secret that KIS grants, the access token or the approval key: in memory only, asked for
 * once for all routes, renewed before it expires, and never asked for twice within a minute (KIS
 * sheet 2.1). A refused key is never tried again: that would get it blocked. Thread-safe.
 */
public final class KisGrantKeeper {
  /** KIS issues one a minute; a second more for the way there. */
  static final Duration BETWEEN_CALLS = Duration.ofSeconds(61);

  private static final Duration LONGEST_LEAD = Duration.ofMinutes(10);
  private static final Duration APPROVAL_LIFETIME = Duration.ofHours(24);

  private interface Reader {
    KisGrant read(Answer answer, Instant heardAt);
  }

  private final Desk desk;
  private final Supplier<Call> request;
  private final Reader reader;
  private final Consumer<KisVerdict> keyRefused;
  private @Nullable String value;
  private Instant expiresAt = Instant.MIN;
  private Instant renewAt = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private boolean over;

  private KisGrantKeeper(
      Desk desk, Supplier<Call> request, Reader reader, Consumer<KisVerdict> keyRefused) {
    this.desk = desk;
    this.request = request;
    this.reader = reader;
    this.keyRefused = keyRefused;
  }

  /**
   * Keeps the access token.
   *
   * @param keyRefused told once if KIS refuses the app key
   */
  public static KisGrantKeeper token(Desk desk, KisCalls calls, Consumer<KisVerdict> keyRefused) {
    return new KisGrantKeeper(
        desk,
        calls::token,
        (answer, heardAt) -> KisGrant.readToken(answer.status(), answer.body(), heardAt),
        keyRefused);
  }

  /** Keeps the approval key of the WebSocket. */
  public static KisGrantKeeper approval(
      Desk desk, KisCalls calls, Consumer<KisVerdict> keyRefused) {
    return new KisGrantKeeper(
        desk,
        calls::approval,
        (answer, heardAt) -> KisGrant.readApproval(answer.status(), answer.body()),
        keyRefused);
  }

  /** Whether it must and may be asked for now. */
  public synchronized boolean due() {
    Instant now = desk.now();
    return !over && !now.isBefore(notBefore) && (value == null || !now.isBefore(renewAt));
  }

  /** The call that asks for it. */
  public synchronized Call next() {
    notBefore = desk.now().plus(BETWEEN_CALLS);
    return request.get();
  }

  /** Takes the answer; the tape sees it without the secret. */
  public void take(Answer answer) {
    Instant heardAt = desk.now();
    KisGrant grant = reader.read(answer, heardAt);
    desk.hear(answer, KisGrant.redacted(answer.body()));
    KisVerdict refused = keep(grant, heardAt);
    if (refused != null) {
      keyRefused.accept(refused);
    }
  }

  private synchronized @Nullable KisVerdict keep(KisGrant grant, Instant heardAt) {
    notBefore = heardAt.plus(BETWEEN_CALLS);
    if (grant instanceof KisGrant.Token token) {
      hold(token.value(), heardAt, token.expiresAt());
    } else if (grant instanceof KisGrant.Approval approval) {
      hold(approval.value(), heardAt, heardAt.plus(APPROVAL_LIFETIME));
    } else if (grant instanceof KisGrant.Refused refused
        && refused.verdict().act() == KisVerdict.Act.KEY_REFUSED) {
      over = true;
      return refused.verdict();
    }
    return null;
  }

  private void hold(String granted, Instant heardAt, Instant until) {
    value = granted;
    expiresAt = until;
    Duration quarter = Duration.between(heardAt, until).dividedBy(4);
    renewAt = until.minus(quarter.compareTo(LONGEST_LEAD) < 0 ? quarter : LONGEST_LEAD);
  }

  /** The secret, while it is good; null otherwise. */
  public synchronized @Nullable String value() {
    return value != null && desk.now().isBefore(expiresAt) ? value : null;
  }

  /** KIS no longer takes {@code refused}: the next one is asked for as soon as that is allowed. */
  public synchronized void reject(String refused) {
    if (refused.equals(value)) {
      value = null;
    }
  }

  @Override
  public String toString() {
    return "KisGrantKeeper[secret]";
  }
}
