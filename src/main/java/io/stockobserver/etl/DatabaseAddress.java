package io.stockobserver.etl;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the trading database is and how long to be patient with it.
 *
 * @param url a JDBC URL; empty for a server of our own below the archive
 * @param user null to leave it to the URL
 * @param password null to leave it to the URL; in no text
 * @param lockWait how long a lock that somebody holds is waited for
 * @param answerWait how long an answer is waited for before the connection counts as lost
 */
public record DatabaseAddress(
    String url,
    @Nullable String user,
    @Nullable String password,
    Duration lockWait,
    Duration answerWait) {
  @Override
  public String toString() {
    return "DatabaseAddress[" + (url.isEmpty() ? "embedded" : "external") + ']';
  }
}
