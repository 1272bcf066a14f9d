package io.stockobserver.etl;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.function.Supplier;

/** What a database's refusal means for the person who has to mend it. */
final class Trouble {
  private static final String LOCKED = "55P03";
  private static final String NOT_CONNECTED = "08001";
  private static final String AGAIN = " and run it again, nothing is half-loaded";

  private Trouble() {}

  static EtlException of(SQLException e, String where) {
    return of(e, where, () -> "");
  }

  /**
   * In one line.
   *
   * @param holders says who holds locks; asked only where one was waited for
   */
  static EtlException of(SQLException e, String where, Supplier<String> holders) {
    String state = String.valueOf(e.getSQLState());
    if (isSlow(e, state)) {
      return new EtlException(
          where
              + " gave no answer for as long as etl.db.answer-wait: "
              + first(e)
              + "; look at what keeps it busy, or wait longer,"
              + AGAIN,
          e);
    }
    String held = state.equals(LOCKED) ? holders.get() : "";
    return new EtlException(
        where
            + ' '
            + words(state)
            + ": "
            + first(e)
            + (held.isEmpty() ? "" : "; " + held)
            + remedy(state)
            + (state.startsWith("28") ? "" : AGAIN),
        e);
  }

  /** The same for somebody who only asks: nothing was begun that would have to be run again. */
  static String asking(SQLException e, String where) {
    String state = String.valueOf(e.getSQLState());
    return where + ' ' + words(state) + ": " + first(e) + remedy(state);
  }

  private static String first(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** The driver calls an answer that does not come a lost connection. */
  private static boolean isSlow(SQLException e, String state) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return !state.equals(NOT_CONNECTED);
      }
    }
    return false;
  }

  private static String words(String state) {
    if (state.startsWith("28")) {
      return "refuses the user or the password";
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return "is not reachable, or the connection was lost";
    }
    return switch (state) {
      case "53100" -> "has no room left";
      case "25006" -> "is read-only";
      case LOCKED -> "has a lock that somebody else holds for too long";
      case "3D000" -> "has no such database";
      case "42501" -> "does not let this user do that";
      default -> "failed";
    };
  }

  private static String remedy(String state) {
    if (state.startsWith("28")) {
      return "; set ETL_DB_USER and ETL_DB_PASSWORD, or ETL_DB_PASSWORD_FILE";
    }
    return switch (state) {
      case "53100" -> "; make room there";
      case LOCKED -> "; wait for it or end it, or raise etl.db.lock-wait,";
      default -> "; correct etl.db.url or mend the database";
    };
  }
}
