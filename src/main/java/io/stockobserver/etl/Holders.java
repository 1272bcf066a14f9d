package io.stockobserver.etl;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Who holds locks on the tables, for whoever has waited in vain. */
final class Holders {
  private static final int ENOUGH = 3;

  private Holders() {}

  /** In words, the strongest lock first; "" when nobody does any more or the database is gone. */
  static String of(Connection db) {
    List<String> all = new ArrayList<>();
    try (Statement s = db.createStatement();
        ResultSet r =
            s.executeQuery(
                "SELECT * FROM (SELECT DISTINCT ON (l.pid) l.pid, a.usename,"
                    + " coalesce(nullif(a.application_name, ''), 'no name') AS application,"
                    + " to_char(a.xact_start AT TIME ZONE 'UTC', 'HH24:MI:SS') AS since, l.mode,"
                    + " c.relname, nullif(position(' ' || l.mode IN ' AccessExclusiveLock"
                    + " ExclusiveLock ShareRowExclusiveLock ShareLock ShareUpdateExclusiveLock'),"
                    + " 0) AS strength FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN"
                    + " pg_stat_activity a ON a.pid = l.pid WHERE l.granted AND a.datname ="
                    + " current_database() AND l.pid <> pg_backend_pid() AND c.relnamespace ="
                    + " 'public'::regnamespace ORDER BY l.pid, strength NULLS LAST, c.relname) h"
                    + " ORDER BY strength NULLS LAST, pid LIMIT "
                    + ENOUGH)) {
      while (r.next()) {
        all.add(
            "process %d (%s, %s, in a transaction since %s UTC) holds %s on %s"
                .formatted(
                    r.getInt(1),
                    r.getString(2),
                    r.getString(3),
                    r.getString(4),
                    r.getString(5),
                    r.getString(6)));
      }
    } catch (SQLException gone) {
      return "";
    }
    return String.join(", ", all);
  }
}
