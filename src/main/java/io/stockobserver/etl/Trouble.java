package io.stockobserver.etl;

import java.sql.SQLException;

/** What a database's refusal means for the person who has to mend it. */
final class Trouble {
  private Trouble() {}

  static EtlException of(SQLException e, String where) {
    String state = String.valueOf(e.getSQLState());
    String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new EtlException(where + " " + words(state) + ": " + what + remedy(state), e);
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
      case "55P03" -> "has a lock that somebody else holds for too long";
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
      case "53100" -> "; make room there and run it again, nothing is half-loaded";
      case "55P03" -> "; run it again later, or raise etl.db.lock-wait; nothing is half-loaded";
      default ->
          "; correct etl.db.url or mend the database and run it again, nothing is half-loaded";
    };
  }
}
