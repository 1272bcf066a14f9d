package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.Settings.SettingsException;
import io.stockobserver.access.UserFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of the whole program: who gets in, who is named, what is explained. */
class ConsoleIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PASSWORD = "a password of lee";
  private static final String WRONG = "a wrong password";

  @TempDir Path dir;

  private static HttpResponse<String> ask(String url, String name, String password, String question)
      throws IOException, InterruptedException {
    String both = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url + "/jolokia"))
            .header("Authorization", "Basic " + both)
            .POST(HttpRequest.BodyPublishers.ofString(question))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String url(Observatory o) {
    Matcher url = Pattern.compile("http://\\S+").matcher(o.running().listening());
    assertThat(url.find()).isTrue();
    return url.group();
  }

  @Test
  void whoIsLoggedInIsNamedWhateverHeTypes() throws Exception {
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .set("http.console", "on")
            .environment("OBSERVER_USER", "lee")
            .environment("OBSERVER_PASSWORD", PASSWORD)
            .observe()) {
      String url = url(o);
      assertThat(o.running().listening()).doesNotContain(PASSWORD);
      assertThat(ask(url, "lee", WRONG, "{\"type\":\"version\"}").statusCode()).isEqualTo(401);
      o.awaitSlots(41);
      String slots = "io.stockobserver:type=Slots,provider=kis";
      String symbol = "005930";
      HttpResponse<String> pinned =
          ask(
              url,
              "lee",
              PASSWORD,
              """
              {"type":"exec","mbean":"%s","operation":"exclude",
               "arguments":["%s","somebody else","to see who did it"]}
              """
                  .formatted(slots, symbol));
      assertThat(JSON.readTree(pinned.body()).path("status").asInt()).isEqualTo(200);
      JsonNode beans =
          JSON.readTree(
                  ask(url, "lee", PASSWORD, "{\"type\":\"list\",\"path\":\"io.stockobserver\"}")
                      .body())
              .path("value");
      assertThat(beans.fieldNames())
          .toIterable()
          .contains(
              "provider=kis,type=Feed",
              "provider=kis,type=Budget",
              "provider=kis,type=Archive",
              "provider=kis,type=Backup",
              "provider=kis,type=Retention",
              "provider=kis,type=Slots",
              "provider=kis,type=Mitigation");
      beans.forEach(ConsoleIT::isExplained);
      JsonNode read =
          JSON.readTree(
                  ask(url, "lee", PASSWORD, "{\"type\":\"read\",\"mbean\":\"io.stockobserver:*\"}")
                      .body())
              .path("value");
      JsonNode feed = read.path("io.stockobserver:provider=kis,type=Feed");
      assertThat(feed.path("Phase").asText()).isEqualTo("open");
      assertThat(feed.path("Messages").asLong()).isPositive();
      assertThat(read.path("io.stockobserver:provider=kis,type=Budget").path("Calls").asInt())
          .isEqualTo(18);
      assertThat(read.path("io.stockobserver:provider=kis,type=Archive").path("OpenTape").asText())
          .startsWith("tape/kis/kr_stocks/20261120/");
      o.awaitEvents("slot_excluded", 1);
      o.awaitEvents("login_refused", 1);
      o.end();
      assertThat(text(o.books().events("slot_excluded").get(0), "actor")).isEqualTo("lee");
      JsonNode refused = o.books().events("login_refused").get(0);
      assertThat(text(refused, "account")).isEqualTo("lee");
      assertThat(text(refused, "peer")).isEqualTo("127.0.0.1");
      assertThat(o.books().everything()).doesNotContain(PASSWORD).doesNotContain(WRONG);
      o.books().verified();
    }
  }

  /** Its meaning is told, and nothing can be written. */
  private static void isExplained(JsonNode bean) {
    assertThat(bean.path("desc").asText()).endsWith(".").doesNotContain("Information on");
    for (String part : List.of("attr", "op")) {
      for (Map.Entry<String, JsonNode> one : bean.path(part).properties()) {
        JsonNode told = one.getValue().isArray() ? one.getValue().get(0) : one.getValue();
        assertThat(told.path("desc").asText())
            .as(one.getKey())
            .endsWith(".")
            .doesNotContain("exposed for management");
        assertThat(told.path("w").asBoolean()).as(one.getKey()).isFalse();
      }
    }
  }

  @Test
  void aPortThatOthersReachStartsWithAnAccountOnly() {
    try (Observatory o = new Observatory(dir, "10:01:00").set("http.bind", "0.0.0.0")) {
      o.set("http.users", dir.resolve("users").toString());
      assertThatThrownBy(o::observe)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("http.bind = 0.0.0.0")
          .hasMessageContaining("./observer user add");
      assertThat(o.venue().traffic().calls()).isZero();
      assertThat(o.root()).doesNotExist();
    }
  }

  @Test
  void aHalfAnAccountStopsTheStart() throws IOException {
    try (Observatory o = new Observatory(dir, "10:01:00").environment("OBSERVER_USER", "lee")) {
      assertThatThrownBy(o::observe)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("OBSERVER_PASSWORD_FILE");
    }
    Path users = Files.writeString(dir.resolve("users"), "lee:" + PASSWORD + "\n");
    try (Observatory o = new Observatory(dir, "10:01:00").set("http.users", users.toString())) {
      assertThatThrownBy(o::observe)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("line 1")
          .hasMessageNotContaining(PASSWORD);
    }
    try (Observatory o =
        new Observatory(dir, "10:01:00").set("http.users", dir.resolve("data/users").toString())) {
      assertThatThrownBy(o::observe)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("outside of archive.dir");
    }
  }

  private static int page(String url, String name, String password)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/state"));
    if (!name.isEmpty()) {
      String both = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
      request.header("Authorization", "Basic " + both);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Test
  void aSavedFileOfAccountsHoldsAndABrokenOneChangesNothing() throws Exception {
    Path file = dir.resolve("keys/users");
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .set("http.users", file.toString())
            .set("routes.reload", "100ms")
            .observe()) {
      String url = url(o);
      assertThat(page(url, "", "")).as("nobody has an account").isEqualTo(200);
      UserFile users = new UserFile(file);
      users.add("lee", PASSWORD);
      o.awaitEvents("setting_applied", 1);
      assertThat(page(url, "", "")).isEqualTo(401);
      assertThat(page(url, "lee", PASSWORD)).isEqualTo(200);
      String good = Files.readString(file);
      Files.writeString(file, good + "kim:" + WRONG + "\n");
      o.awaitEvents("routes_refused", 1);
      Files.delete(file);
      o.awaitEvents("routes_refused", 2);
      assertThat(page(url, "lee", PASSWORD)).isEqualTo(200);
      assertThat(page(url, "kim", WRONG)).isEqualTo(401);
      Files.writeString(file, good);
      users.add("lee", "another password");
      users.add("kim", PASSWORD);
      // Not by trying: who tries a password that is not yet right has to wait.
      Observatory.await(
          "kim",
          () ->
              o.books().events("setting_applied").stream()
                  .anyMatch(event -> text(event, "to").contains("kim")));
      assertThat(page(url, "kim", PASSWORD)).isEqualTo(200);
      assertThat(page(url, "lee", PASSWORD)).isEqualTo(401);
      assertThat(page(url, "lee", "another password")).isEqualTo(200);
      o.end();
      List<JsonNode> applied = o.books().events("setting_applied");
      assertThat(applied).allMatch(event -> text(event, "key").equals("http.users"));
      assertThat(text(applied.get(0), "from")).isEmpty();
      assertThat(text(applied.get(0), "to")).isEqualTo("lee");
      assertThat(applied.stream().map(event -> text(event, "to")).reduce("", String::concat))
          .contains("kim", "lee (another password)");
      List<JsonNode> refused = o.books().events("routes_refused");
      assertThat(text(refused.get(0), "file")).isEqualTo("users");
      assertThat(refused.get(0).path("line").asInt()).isEqualTo(2);
      assertThat(text(refused.get(0), "reason"))
          .isEqualTo(
              "http.users: the file line 2 is no account; write it with ./observer user add NAME");
      assertThat(text(refused.get(1), "reason")).contains("nobody would have an account");
      assertThat(o.books().everything()).doesNotContain(WRONG).doesNotContain("pbkdf2");
    }
  }
}
