package io.stockobserver.provider.kis;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.Desk;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one secret that KIS grants, the access token or the approval key: in memory only, asked for
 * once for all routes, renewed before it expires, and never asked for twice within a minute (KIS
 * sheet 2.1), both by the monotonic clock: setting the market's neither ages it nor keeps it young.
 * A refused key is never tried again: that would get it blocked. Thread-safe.
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
  private final Function<String, @Nullable Call> giveBack;
  private volatile Consumer<String> learnt = secret -> {};
  private @Nullable Call last;
  private boolean givingBack;
  private @Nullable String value;
  private final LongSupplier nanos;
  private long expiresNanos;
  private long renewNanos;
  private long notBeforeNanos;
  private boolean asked;
  private boolean over;
  private volatile boolean abandoned;

  private KisGrantKeeper(
      Desk desk,
      LongSupplier nanos,
      Supplier<Call> request,
      Reader reader,
      Function<String, @Nullable Call> giveBack,
      Consumer<KisVerdict> keyRefused) {
    this.giveBack = giveBack;
    this.desk = desk;
    this.nanos = nanos;
    this.request = request;
    this.reader = reader;
    this.keyRefused = keyRefused;
  }

  /**
   * Keeps the access token.
   *
   * @param keyRefused told once if KIS refuses the app key
   */
  public static KisGrantKeeper token(
      Desk desk, LongSupplier nanos, KisCalls calls, Consumer<KisVerdict> keyRefused) {
    return new KisGrantKeeper(
        desk,
        nanos,
        calls::token,
        (answer, heardAt) -> KisGrant.readToken(answer.status(), answer.body(), heardAt),
        calls::revoke,
        keyRefused);
  }

  /** Keeps the approval key of the WebSocket. */
  public static KisGrantKeeper approval(
      Desk desk, LongSupplier nanos, KisCalls calls, Consumer<KisVerdict> keyRefused) {
    return new KisGrantKeeper(
        desk,
        nanos,
        calls::approval,
        (answer, heardAt) -> KisGrant.readApproval(answer.status(), answer.body()),
        approval -> null,
        keyRefused);
  }

  /** From now on told of every secret that is granted, before anybody else has it. */
  public void learning(Consumer<String> secrets) {
    learnt = secrets;
  }

  /** Nothing is asked for any more; what is held is used no more, and given back if it can be. */
  public synchronized void abandon() {
    over = true;
    abandoned = true;
    if (value != null && last == null) {
      last = giveBack.apply(value);
    }
    value = null;
  }

  /** Whether it was given up; never waits. */
  boolean isAbandoned() {
    return abandoned;
  }

  /** Whether there is a call to make now: it must and may be asked for, or is to be given back. */
  public synchronized boolean due() {
    return last != null || !over && isPast(notBeforeNanos) && (value == null || isPast(renewNanos));
  }

  /** The call that asks for it. */
  public synchronized Call next() {
    Call back = last;
    if (back != null) {
      last = null;
      givingBack = true;
      return back;
    }
    waitForNext();
    return request.get();
  }

  private void waitForNext() {
    asked = true;
    notBeforeNanos = nanos.getAsLong() + BETWEEN_CALLS.toNanos();
  }

  /** Everything is past before the first call: the monotonic clock begins anywhere. */
  private boolean isPast(long instantNanos) {
    return !asked || nanos.getAsLong() - instantNanos >= 0;
  }

  /** Takes the answer; the tape sees it without the secret. */
  public void take(Answer answer) {
    if (hasGivenBack()) {
      desk.hear(answer, KisGrant.redacted(answer.body()));
      return;
    }
    Instant heardAt = desk.now();
    KisGrant grant = reader.read(answer, heardAt);
    desk.hear(answer, KisGrant.redacted(answer.body()));
    KisVerdict refused = keep(grant, heardAt);
    if (refused != null) {
      keyRefused.accept(refused);
    }
  }

  private synchronized boolean hasGivenBack() {
    boolean was = givingBack;
    givingBack = false;
    return was;
  }

  private synchronized @Nullable KisVerdict keep(KisGrant grant, Instant heardAt) {
    waitForNext();
    if (grant instanceof KisGrant.Token token) {
      hold(token.value(), Duration.between(heardAt, token.expiresAt()));
    } else if (grant instanceof KisGrant.Approval approval) {
      hold(approval.value(), APPROVAL_LIFETIME);
    } else if (grant instanceof KisGrant.Refused refused
        && refused.verdict().act() == KisVerdict.Act.KEY_REFUSED) {
      over = true;
      return refused.verdict();
    }
    return null;
  }

  private void hold(String granted, Duration life) {
    learnt.accept(granted);
    if (over) {
      last = giveBack.apply(granted); // it was under way when all was given up
      return;
    }
    value = granted;
    long now = nanos.getAsLong();
    expiresNanos = now + life.toNanos();
    Duration quarter = life.dividedBy(4);
    Duration lead = quarter.compareTo(LONGEST_LEAD) < 0 ? quarter : LONGEST_LEAD;
    renewNanos = expiresNanos - lead.toNanos();
  }

  /** The secret, while it is good; null otherwise. */
  public synchronized @Nullable String value() {
    return value != null && !isPast(expiresNanos) ? value : null;
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
