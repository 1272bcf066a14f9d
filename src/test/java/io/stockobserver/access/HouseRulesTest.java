package io.stockobserver.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.access.HouseRules.Rule;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is let in where. */
class HouseRulesTest {
  private static final HouseRules ALONE = new HouseRules(false, true, () -> false, null);
  private static final HouseRules WITH_USERS = new HouseRules(false, true, () -> true, null);
  private static final HouseRules PUBLIC = new HouseRules(true, false, () -> true, null);
  private static final String LOCAL = "127.0.0.1:8000";

  private static Rule get(HouseRules rules, String path) {
    return judge(rules, "GET", path, LOCAL, null, null);
  }

  private static Rule judge(
      HouseRules rules,
      String method,
      String path,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String site) {
    return rules.judge(new Knock(method, path, path, host, origin, site));
  }

  @Test
  void onLoopbackWithoutUsersOnlyTheConsoleAsksWho() {
    for (String path : List.of("/", "/api/state", "/api/events", "/metrics", "/nothing")) {
      assertThat(get(ALONE, path)).as(path).isEqualTo(Rule.LET_IN);
      assertThat(get(WITH_USERS, path)).as(path).isEqualTo(Rule.ASK_WHO);
      assertThat(get(PUBLIC, path)).as(path).isEqualTo(Rule.ASK_WHO);
    }
    for (String path :
        List.of("/jolokia", "/jolokia/version", "/hawtio", "/hawtio/", "/hawtio/jolokia/read/x")) {
      assertThat(get(ALONE, path)).as(path).isEqualTo(Rule.ASK_WHO);
      assertThat(get(PUBLIC, path)).as(path).isEqualTo(Rule.ASK_WHO);
    }
    for (String path :
        List.of("/health", "/health/live", "/health/ready", "/backup/packages", "/backup/x/y")) {
      assertThat(get(ALONE, path)).as(path).isEqualTo(Rule.LET_IN);
      assertThat(get(PUBLIC, path)).as(path).isEqualTo(Rule.LET_IN);
    }
    for (String path : List.of("/health/x", "/healthy", "/backup", "/backups/x")) {
      assertThat(get(PUBLIC, path)).as(path).isEqualTo(Rule.ASK_WHO);
    }
  }

  @Test
  void aPageOfSomebodyElseActsNowhere() {
    for (String path : List.of("/jolokia", "/hawtio/jolokia", "/api/retention", "/")) {
      assertThat(judge(ALONE, "POST", path, LOCAL, "http://evil.example", null))
          .isEqualTo(Rule.FOREIGN);
      assertThat(judge(ALONE, "POST", path, LOCAL, "null", null)).isEqualTo(Rule.FOREIGN);
      assertThat(judge(ALONE, "POST", path, LOCAL, "https://127.0.0.1:8000", null))
          .isEqualTo(Rule.FOREIGN);
      assertThat(judge(ALONE, "POST", path, LOCAL, "http://127.0.0.1:8001", null))
          .isEqualTo(Rule.FOREIGN);
      assertThat(judge(ALONE, "POST", path, LOCAL, null, "cross-site")).isEqualTo(Rule.FOREIGN);
      assertThat(judge(ALONE, "POST", path, LOCAL, null, "same-site")).isEqualTo(Rule.FOREIGN);
    }
    for (String path : List.of("/jolokia/version", "/hawtio/jolokia", "/api/events")) {
      assertThat(judge(ALONE, "GET", path, LOCAL, "http://evil.example", null))
          .isEqualTo(Rule.FOREIGN);
      assertThat(judge(ALONE, "GET", path, LOCAL, null, "cross-site")).isEqualTo(Rule.FOREIGN);
    }
    // A link may lead to a page, and our own pages may ask.
    assertThat(judge(ALONE, "GET", "/", LOCAL, null, "cross-site")).isEqualTo(Rule.LET_IN);
    assertThat(judge(ALONE, "GET", "/hawtio/", LOCAL, null, "cross-site")).isEqualTo(Rule.ASK_WHO);
    assertThat(judge(ALONE, "POST", "/jolokia", LOCAL, "http://" + LOCAL, "same-origin"))
        .isEqualTo(Rule.ASK_WHO);
    assertThat(judge(ALONE, "POST", "/api/retention", LOCAL, null, null)).isEqualTo(Rule.LET_IN);
  }

  @Test
  void aNameThatPointsHereIsNotOurs() {
    for (String host :
        List.of(
            "127.0.0.1",
            "127.0.0.1:8000",
            "localhost:8000",
            "LOCALHOST",
            "[::1]:80",
            "127.1.2.3")) {
      assertThat(judge(ALONE, "GET", "/", host, null, null)).as(host).isEqualTo(Rule.LET_IN);
    }
    for (String host :
        List.of(
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "localhost.evil.example:8000",
            "127.0.0.1:8000@evil.example",
            "",
            "10.0.0.1")) {
      assertThat(judge(ALONE, "GET", "/", host, null, null)).as(host).isEqualTo(Rule.FOREIGN);
      // Even when the page that asks has that very name.
      assertThat(judge(ALONE, "POST", "/jolokia", host, "http://" + host, "same-origin"))
          .as(host)
          .isEqualTo(Rule.FOREIGN);
    }
    assertThat(judge(ALONE, "GET", "/", null, null, null)).isEqualTo(Rule.FOREIGN);
    assertThat(judge(ALONE, "GET", "/health", "evil.example", null, null)).isEqualTo(Rule.LET_IN);
    assertThat(judge(PUBLIC, "GET", "/", "observer.example", null, null)).isEqualTo(Rule.ASK_WHO);
  }

  @Test
  void theNameOfAProxyIsOursWhenItIsConfigured() {
    HouseRules proxied =
        new HouseRules(false, true, () -> true, URI.create("https://observer.example"));
    assertThat(judge(proxied, "POST", "/jolokia", LOCAL, "https://observer.example", "same-origin"))
        .isEqualTo(Rule.ASK_WHO);
    assertThat(judge(proxied, "GET", "/", "observer.example", null, null)).isEqualTo(Rule.ASK_WHO);
    assertThat(judge(proxied, "POST", "/jolokia", LOCAL, "https://evil.example", null))
        .isEqualTo(Rule.FOREIGN);
  }

  @Test
  void tricksWithPathsAreNotFound() {
    for (String path :
        List.of(
            "/..",
            "/hawtio/../jolokia",
            "/hawtio/%2e%2e/jolokia",
            "/hawtio/%2E./x",
            "//jolokia",
            "/api//events",
            "/hawtio%2fx",
            "/hawtio/..%5cx",
            "/a\\b",
            "/x%00",
            "/x%0d%0aSet-Cookie:a",
            "/%252e%252e/x",
            "/jolokia;x=1",
            "/한")) {
      assertThat(get(ALONE, path)).as(path).isEqualTo(Rule.NOT_FOUND);
    }
    assertThat(get(ALONE, "/hawtio/static/js/main.8fd02e46.js")).isEqualTo(Rule.ASK_WHO);
    // What a router takes for /jolokia is /jolokia, however it was written.
    assertThat(
            ALONE.judge(
                new Knock("GET", "/%6aolokia/version", "/jolokia/version", LOCAL, null, null)))
        .isEqualTo(Rule.ASK_WHO);
  }

  @Test
  void otherMethodsAreNotForUs() {
    for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "CONNECT")) {
      assertThat(judge(ALONE, method, "/", LOCAL, null, null)).isEqualTo(Rule.NOT_ALLOWED);
    }
  }
}
