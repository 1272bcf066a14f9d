package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What KIS answered when asked for a token or a WebSocket key (KIS sheet 2.1, 2.2). No {@code
 * toString} shows a secret.
 */
public sealed interface KisGrant {
  /** The access token of the REST side; {@code value} goes behind {@code Bearer}. */
  record Token(String value, Instant expiresAt) implements KisGrant {
    public Token {
      KisKey.requireWhole("access token", value);
    }

    @Override
    public String toString() {
      return "Token[secret, expiresAt=" + expiresAt + ']';
    }
  }

  /** The WebSocket key. Good for 24 hours; only a registration asks for it. */
  record Approval(String value) implements KisGrant {
    public Approval {
      KisKey.requireWhole("approval key", value);
    }

    @Override
    public String toString() {
      return "Approval[secret]";
    }
  }

  /** KIS granted nothing. */
  record Refused(KisVerdict verdict) implements KisGrant {
    public String code() {
      return verdict.code();
    }

    public String message() {
      return verdict.message();
    }
  }

  /**
   * Reads the answer to {@link KisCalls#token}.
   *
   * @param heardAt what {@code expires_in} counts from, where the expiry itself is not readable
   */
  static KisGrant readToken(int status, byte[] body, Instant heardAt) {
    JsonNode root = KisJson.object(body);
    KisVerdict verdict = KisVerdict.judge(status, body, root);
    if (!verdict.ok() || root == null) {
      return new Refused(verdict);
    }
    Instant expiresAt = expiry(root, heardAt);
    if (expiresAt == null) {
      return malformed("the token has no expiry");
    }
    try {
      return new Token(KisJson.text(root, "access_token"), expiresAt);
    } catch (IllegalArgumentException e) {
      return malformed(e.getMessage());
    }
  }

  /** Reads the answer to {@link KisCalls#approval}. */
  static KisGrant readApproval(int status, byte[] body) {
    JsonNode root = KisJson.object(body);
    KisVerdict verdict = KisVerdict.judge(status, body, root);
    if (!verdict.ok() || root == null) {
      return new Refused(verdict);
    }
    try {
      return new Approval(KisJson.text(root, "approval_key"));
    } catch (IllegalArgumentException e) {
      return malformed(e.getMessage());
    }
  }

  /** The same answer for the tape: every secret in it is {@code [secret]}, all else as it came. */
  static byte[] redacted(byte[] body) {
    return KisRedaction.of(body);
  }

  private static Refused malformed(@Nullable String message) {
    return new Refused(
        new KisVerdict(
            KisVerdict.Act.TRY_AGAIN, "answer-malformed", "", message == null ? "" : message));
  }

  /**
   * The earlier of the stated expiry (KST) and the stated duration: within six hours KIS answers
   * with the same token and the same expiry, and the duration may then be counted from the first
   * answer. An expiry that is past already speaks of a clock that is wrong, ours or theirs: then
   * the duration alone counts.
   */
  private static @Nullable Instant expiry(JsonNode root, Instant heardAt) {
    Instant after = afterDuration(root, heardAt);
    try {
      DateTimeFormatter form = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
      String stated = KisJson.text(root, "access_token_token_expired");
      Instant at = LocalDateTime.parse(stated, form).atZone(KisMoments.SEOUL).toInstant();
      return after == null || (at.isAfter(heardAt) && at.isBefore(after)) ? at : after;
    } catch (DateTimeException e) {
      return after;
    }
  }

  private static @Nullable Instant afterDuration(JsonNode root, Instant heardAt) {
    try {
      BigDecimal seconds = KisJson.number(root, "expires_in");
      return seconds == null || seconds.signum() <= 0
          ? null
          : heardAt.plusSeconds(seconds.longValueExact());
    } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
      return null;
    }
  }
}
