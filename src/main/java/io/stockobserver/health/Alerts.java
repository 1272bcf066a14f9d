package io.stockobserver.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is told of what, and when: at most one message a cause until it recovers, one when it
 * has, none while its market is closed. What cannot be delivered waits and is tried again. Asks no
 * clock; one thread.
 */
public final class Alerts {
  /** What mends itself within a minute, or falls ill again, is no message. */
  static final Duration HOLD = Duration.ofSeconds(60);

  static final Duration FIRST_RETRY = Duration.ofSeconds(30);
  static final Duration LAST_RETRY = Duration.ofMinutes(10);

  /** This cause does not wait, not for a minute and not for a market. */
  public static final String SECRET = "secret";

  private static final int MOST_WAITING = 64;

  /**
   * One line for a person.
   *
   * @param cause the check, such as {@code kis.feed}
   */
  public record Message(String cause, String provider, String text) {}

  private final boolean quietWhenClosed;
  private final String name;
  private final Map<String, Health> told = new HashMap<>();
  private final Deque<Message> waiting = new ArrayDeque<>();
  private Instant notBefore = Instant.MIN;
  private Duration retry = FIRST_RETRY;

  /**
   * Nothing told yet.
   *
   * @param name of this machine, at the front of every line
   * @param quietWhenClosed whether a closed market's causes wait for its opening
   */
  public Alerts(String name, boolean quietWhenClosed) {
    this.name = name;
    this.quietWhenClosed = quietWhenClosed;
  }

  /**
   * Takes a look.
   *
   * @param open whether a provider's market is open; asked with an empty name for the process: one
   *     of them is
   */
  public void weigh(HealthReport report, Predicate<String> open) {
    for (HealthReport.Line line : report.lines()) {
      Check check = line.check();
      Health before = told.get(check.key());
      boolean urgent = check.name().equals(SECRET);
      boolean lasting = Duration.between(line.since(), report.at()).compareTo(HOLD) >= 0;
      boolean quiet = quietWhenClosed && !urgent && !open.test(check.provider());
      boolean ill = check.health() != Health.HEALTHY;
      if (quiet || !(lasting || urgent) || ill == (before != null)) {
        continue;
      }
      if (waiting.size() >= MOST_WAITING) {
        return; // what is not told now is told when there is room
      }
      if (ill) {
        told.put(check.key(), check.health());
        say(check, check.health() + ": " + check.detail() + ". To do: " + check.remedy());
      } else {
        told.remove(check.key());
        say(check, "recovered (was " + before + "): " + check.detail());
      }
    }
  }

  private void say(Check check, String what) {
    waiting.addLast(
        new Message(
            check.key(),
            check.provider(),
            "["
                + name
                + "] "
                + (check.provider().isEmpty() ? "" : check.provider() + " ")
                + check.name()
                + " "
                + what));
  }

  /** The next message; null when there is none, or when it is too early to try again. */
  public @Nullable Message next(Instant now) {
    return now.isBefore(notBefore) ? null : waiting.peekFirst();
  }

  /** The last message from {@link #next} has arrived. */
  public void delivered() {
    waiting.removeFirst();
    retry = FIRST_RETRY;
    notBefore = Instant.MIN;
  }

  /** It has not; it stays in front. */
  public void failed(Instant now) {
    notBefore = now.plus(retry);
    Duration doubled = retry.multipliedBy(2);
    retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
  }
}
