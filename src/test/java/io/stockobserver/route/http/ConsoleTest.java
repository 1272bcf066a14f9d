package io.stockobserver.route.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.access.HouseRules;
import io.stockobserver.access.Logins;
import io.stockobserver.access.Refusals;
import io.stockobserver.access.Users;
import io.stockobserver.backup.serving.Account;
import io.stockobserver.evidence.Event;
import io.stockobserver.route.Actors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The guard and the console on a real port, before a real Camel context, spoken to byte by byte.
 */
class ConsoleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct horse battery";
  private static final String LEE = basic("lee", PASSWORD);
  private static final String CONTROL = "the-control-token";
  private static final Users USERS = Users.none().with("lee", PASSWORD);

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> acted = new CopyOnWriteArrayList<>();
  private final Actors actors = new Actors();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private HttpFront front;
  private Gatekeeper guard;
  private JolokiaDesk desk;
  private String route;
  private String context;

  @BeforeEach
  void open() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("timer:beat?period=1000").routeId("beat").log("beat");
          }
        });
    camel.start();
    context =
        "org.apache.camel:context="
            + camel.getManagementName()
            + ",type=context,name=\""
            + camel.getName()
            + "\"";
    route = "org.apache.camel:context=" + camel.getManagementName() + ",type=routes,name=\"beat\"";
    front = HttpFront.open(HttpAddress.plain("127.0.0.1", 0));
    Refusals refusals =
        new Refusals(() -> Instant.parse("2026-11-20T01:00:00Z"), System::nanoTime, events::add);
    guard =
        Gatekeeper.mount(
            front,
            new HouseRules(false, true, () -> true, null),
            new Logins(USERS, refusals, System::nanoTime),
            refusals);
    guard.control(new Account(CONTROL));
    ControlFace.mount(front, new Account(CONTROL), new ToldControl());
    desk = new JolokiaDesk();
    JolokiaFace.mount(
        front,
        desk,
        (account, act) ->
            actors.as(
                account,
                Actors.CONSOLE,
                () -> {
                  acted.add(actors.who().actor());
                  act.run();
                }));
    HawtioFace.mount(front);
    front
        .router()
        .get("/fails")
        .handler(
            any -> {
              throw new IllegalStateException("a secret of ours");
            });
    front.router().get("/").handler(any -> any.response().end("page"));
    front.router().get("/health").handler(any -> any.response().end("UP"));
  }

  @AfterEach
  void close() {
    front.close();
    guard.close();
    desk.close();
    camel.stop();
  }

  private static String basic(String name, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
  }

  private String ask(
      String method, String path, @Nullable String authorization, String body, String... more)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (Arrays.stream(more).noneMatch(line -> line.startsWith("Host:"))) {
      head.append("Host: localhost:").append(front.port()).append("\r\n");
    }
    if (authorization != null) {
      head.append("Authorization: ").append(authorization).append("\r\n");
    }
    Arrays.stream(more).forEach(line -> head.append(line).append("\r\n"));
    head.append("Content-Length: ").append(body.getBytes(UTF_8).length);
    head.append("\r\nConnection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head.toString().getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private JsonNode jolokia(String question) throws IOException {
    String answer = ask("POST", "/jolokia", LEE, question);
    assertThat(status(answer)).isIn(200, 400);
    assertThat(answer)
        .doesNotContain("\tat ")
        .doesNotContain("stacktrace")
        .doesNotContain(".java:");
    return JSON.readTree(body(answer));
  }

  private int jolokiaStatus(String question) throws IOException {
    return jolokia(question).path("status").asInt();
  }

  private static String exec(String bean, String operation, String arguments) {
    return "{\"type\":\"exec\",\"mbean\":%s,\"operation\":\"%s\",\"arguments\":[%s]}"
        .formatted(JSON.valueToTree(bean), operation, arguments);
  }

  private static String read(String bean, String attribute) {
    return "{\"type\":\"read\",\"mbean\":%s,\"attribute\":\"%s\"}"
        .formatted(JSON.valueToTree(bean), attribute);
  }

  @Test
  void withoutALoginNothingIsToldButTheHealth() throws IOException {
    for (String path :
        List.of(
            "/",
            "/hawtio",
            "/hawtio/",
            "/hawtio/index.html",
            "/hawtio/user",
            "/jolokia",
            "/hawtio/jolokia",
            "/jolokia/version",
            "/api/retention",
            "/nothing")) {
      String answer = ask("GET", path, null, "");
      assertThat(status(answer)).as(path).isEqualTo(401);
      assertThat(answer).contains("WWW-Authenticate: Basic realm=\"Stock Observer\"");
      assertThat(status(ask("GET", path, "Bearer a-backup-token", ""))).as(path).isEqualTo(401);
      assertThat(status(ask("GET", path, basic("lee", ""), ""))).as(path).isIn(401, 429);
    }
    assertThat(status(ask("POST", "/jolokia", null, exec(route, "stop()", "")))).isEqualTo(401);
    assertThat(body(ask("GET", "/health", null, ""))).isEqualTo("UP");
    assertThat(camel.getRouteController().getRouteStatus("beat")).isEqualTo(ServiceStatus.Started);
  }

  @Test
  void whoIsLoggedInSeesAndActs() throws IOException {
    assertThat(body(ask("GET", "/", LEE, ""))).isEqualTo("page");
    assertThat(body(ask("GET", "/hawtio/user", LEE, ""))).isEqualTo("\"lee\"");
    assertThat(jolokia("{\"type\":\"version\"}").at("/value/agent").asText()).startsWith("2.");
    assertThat(jolokia(read(route, "State")).path("value").asText()).isEqualTo("Started");
    assertThat(jolokiaStatus(exec(route, "stop()", ""))).isEqualTo(200);
    assertThat(camel.getRouteController().getRouteStatus("beat")).isEqualTo(ServiceStatus.Stopped);
    assertThat(jolokiaStatus(exec(route, "start()", ""))).isEqualTo(200);
    assertThat(camel.getRouteController().getRouteStatus("beat")).isEqualTo(ServiceStatus.Started);
    assertThat(jolokia(exec(context, "dumpRoutesAsXml()", "")).path("value").asText())
        .contains("<route id=\"beat\"");
    assertThat(jolokiaStatus(read("java.lang:type=Memory", "HeapMemoryUsage"))).isEqualTo(200);
    assertThat(acted).isNotEmpty().containsOnly("lee");
  }

  @Test
  void whatThePolicyDoesNotNameIsRefused() throws IOException {
    for (String question :
        List.of(
            // Another bean than ours, Camel's and the machine's.
            read("com.sun.management:type=HotSpotDiagnostic", "DiagnosticOptions"),
            exec("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", "\"/tmp/heap\",true"),
            exec("com.sun.management:type=DiagnosticCommand", "vmSystemProperties", ""),
            exec("com.sun.management:type=DiagnosticCommand", "jvmtiAgentLoad", "\"/x\""),
            read("java.util.logging:type=Logging", "LoggerNames"),
            read("JMImplementation:type=MBeanServerDelegate", "MBeanServerId"),
            // The context is not stopped and sends nothing.
            exec(context, "stop()", ""),
            exec(context, "suspend()", ""),
            exec(context, "stopAllRoutes()", ""),
            exec(context, "sendStringBody", "\"direct:x\",\"y\""),
            exec(context, "requestStringBody", "\"direct:x\",\"y\""),
            exec(context, "addOrUpdateRoutesFromXml", "\"<routes/>\""),
            exec(context, "setGlobalOption", "\"a\",\"b\""),
            // Of a route only its steps from running to stopped and back.
            exec(route, "remove()", ""),
            exec(route, "reset()", ""),
            exec(route, "updateRouteFromXml", "\"<route/>\""),
            // Nothing is written.
            "{\"type\":\"write\",\"mbean\":%s,\"attribute\":\"Tracing\",\"value\":true}"
                .formatted(JSON.valueToTree(route)),
            "{\"type\":\"write\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"Verbose\",\"value\":true}",
            exec("java.lang:type=Memory", "gc", ""),
            exec("java.lang:type=Threading", "dumpAllThreads", "true,true"),
            "{\"type\":\"config\"}",
            "{\"type\":\"notification\",\"command\":\"register\"}")) {
      JsonNode answer = jolokia(question);
      assertThat(answer.path("status").asInt()).as(question + answer).isIn(400, 403, 404);
      assertThat(answer.has("value")).as(question).isFalse();
    }
    assertThat(camel.isStarted()).isTrue();
    assertThat(camel.getRouteController().getRouteStatus("beat")).isEqualTo(ServiceStatus.Started);
    // Nor is it listed or found.
    assertThat(
            jolokia("{\"type\":\"list\",\"config\":{\"maxDepth\":1}}").path("value").fieldNames())
        .toIterable()
        .contains("org.apache.camel", "java.lang")
        .doesNotContain("com.sun.management", "java.util.logging", "JMImplementation");
  }

  @Test
  void nothingIsDoneByAGet() throws IOException {
    String escaped = route.replace("\"", "%22");
    for (String path :
        List.of(
            "/jolokia/exec/" + escaped + "/stop()",
            "/jolokia/read/java.lang:type=Memory",
            "/jolokia/list",
            "/jolokia/search/*:*",
            "/jolokia?p=read/java.lang:type=Memory",
            "/hawtio/jolokia/exec/" + escaped + "/stop()",
            "/jolokia/write/java.lang:type=Memory/Verbose/true")) {
      String answer = ask("GET", path, LEE, "");
      if (path.contains("?")) {
        assertThat(body(answer)).contains("\"agent\"").doesNotContain("HeapMemoryUsage");
      } else {
        assertThat(status(answer)).as(path).isEqualTo(403);
      }
    }
    assertThat(status(ask("GET", "/jolokia/version", LEE, ""))).isEqualTo(200);
    assertThat(camel.getRouteController().getRouteStatus("beat")).isEqualTo(ServiceStatus.Started);
  }

  @Test
  void aPageOfSomebodyElseStopsNoRoute() throws IOException {
    String stop = exec(route, "stop()", "");
    for (String line :
        List.of(
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: http://localhost:1",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Host: evil.example")) {
      for (String path : List.of("/jolokia", "/hawtio/jolokia")) {
        String answer = ask("POST", path, LEE, stop, line);
        assertThat(status(answer)).as(line).isEqualTo(403);
        assertThat(answer).doesNotContainIgnoringCase("Access-Control-Allow");
      }
    }
    assertThat(
            status(
                ask(
                    "OPTIONS",
                    "/jolokia",
                    LEE,
                    "",
                    "Origin: http://evil.example",
                    "Access-Control-Request-Method: POST")))
        .isEqualTo(403);
    assertThat(camel.getRouteController().getRouteStatus("beat")).isEqualTo(ServiceStatus.Started);
    String own = "Origin: http://localhost:" + front.port();
    assertThat(status(ask("POST", "/jolokia", LEE, stop, own, "Sec-Fetch-Site: same-origin")))
        .isEqualTo(200);
    assertThat(camel.getRouteController().getRouteStatus("beat")).isEqualTo(ServiceStatus.Stopped);
  }

  @Test
  void nonsenseIsAnsweredInALine() throws IOException {
    for (String nonsense :
        List.of(
            "",
            "x",
            "{",
            "[]]",
            "1",
            "null",
            "\"exec\"",
            "[1,2]",
            "{}",
            "{\"type\":\"dance\"}",
            "{\"type\":\"read\"}",
            "{\"type\":\"read\",\"mbean\":\"no name\"}",
            "{\"type\":\"exec\",\"mbean\":\"a:b=c\"}",
            "[".repeat(100_000),
            "[" + "{},".repeat(600) + "{}]",
            "{\"type\":\"read\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"None\",\"config\":{\"includeStackTrace\":true,\"serializeException\":true}}")) {
      String answer = ask("POST", "/jolokia", LEE, nonsense);
      assertThat(status(answer)).as(nonsense).isIn(200, 400);
      assertThat(JSON.readTree(body(answer)).findValuesAsText("status"))
          .as(nonsense)
          .doesNotContain("200");
      assertThat(answer)
          .doesNotContain("\tat ")
          .doesNotContain("stacktrace")
          .doesNotContain(".java:");
    }
    assertThat(status(ask("POST", "/jolokia", LEE, " ".repeat(300_000)))).isEqualTo(413);
    String failed = ask("GET", "/fails", LEE, "");
    assertThat(status(failed)).isEqualTo(500);
    assertThat(failed).doesNotContain("secret of ours").doesNotContain("\tat ");
    assertThat(status(ask("PUT", "/jolokia", LEE, ""))).isEqualTo(405);
    assertThat(status(ask("GET", "/hawtio/../jolokia", LEE, ""))).isEqualTo(404);
    assertThat(status(ask("GET", "/hawtio/%2e%2e/logback.xml", LEE, ""))).isEqualTo(404);
    assertThat(status(ask("GET", "/", LEE, "", "X: " + "x".repeat(20_000)))).isEqualTo(431);
    assertThat(status(ask("GET", "/" + "x".repeat(5000), LEE, ""))).isEqualTo(414);
  }

  @Test
  void everyAnswerTellsBrowsersToKeepToThemselves() throws IOException {
    for (String answer :
        List.of(
            ask("GET", "/", LEE, ""),
            ask("GET", "/hawtio/", LEE, ""),
            ask("GET", "/x", null, ""))) {
      assertThat(answer)
          .containsIgnoringCase("X-Content-Type-Options: nosniff")
          .contains("frame-ancestors 'none'")
          .contains("default-src 'self'")
          .doesNotContain("unsafe-eval");
    }
  }

  @Test
  void theConsolesFilesComeFromTheJarAndNothingElseDoes() throws IOException {
    assertThat(status(ask("GET", "/hawtio", LEE, ""))).isEqualTo(302);
    String page = ask("GET", "/hawtio/", LEE, "");
    assertThat(page).contains("text/html").contains("<base href=\"/hawtio/\">");
    assertThat(body(ask("GET", "/hawtio/camel/routes", LEE, ""))).isEqualTo(body(page));
    assertThat(status(ask("GET", "/hawtio/static/js/none.js", LEE, ""))).isEqualTo(404);
    assertThat(status(ask("GET", "/hawtio/WEB-INF/web.xml", LEE, ""))).isEqualTo(404);
    assertThat(status(ask("GET", "/hawtio/META-INF/MANIFEST.MF", LEE, ""))).isEqualTo(404);
    int source = page.indexOf("src=\"") + 5;
    String script = page.substring(source, page.indexOf('"', source));
    assertThat(ask("GET", script, LEE, "")).contains("text/javascript").contains("immutable");
  }

  @Test
  void aThousandWrongPasswordsCostLittleAndAreOneEvent() throws IOException {
    int later = 0;
    for (int i = 0; i < 200; i++) {
      int status = status(ask("GET", "/jolokia", basic("lee", "wrong-" + i), ""));
      assertThat(status).isIn(401, 429);
      later += status == 429 ? 1 : 0;
    }
    assertThat(later).isGreaterThan(150); // refused without a look at the password
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !events.isEmpty());
    assertThat(events).hasSize(1);
    assertThat(events.get(0).type()).isEqualTo("login_refused");
    assertThat(events.get(0).get("account")).isEqualTo("lee");
    assertThat(events.get(0).get("peer")).isEqualTo("127.0.0.1");
  }

  @Test
  void aCommandOfThisMachineNeedsNoAccountAndOpensNoConsole() throws IOException {
    String bearer = "Bearer " + CONTROL;
    assertThat(body(ask("POST", "/api/retention?dry-run=true", bearer, "")))
        .isEqualTo("{\"dry_run\":true}");
    assertThat(status(ask("POST", "/api/retention", "Bearer x", ""))).isEqualTo(401);
    assertThat(status(ask("POST", "/api/retention", LEE, ""))).isEqualTo(403);
    assertThat(status(ask("GET", "/hawtio/", bearer, ""))).isEqualTo(401);
    assertThat(status(ask("POST", "/jolokia", bearer, "{\"type\":\"version\"}"))).isEqualTo(401);
  }

  /** Each of a list is judged by itself, and what is refused keeps the others from nothing. */
  @Test
  void aListHidesNothingThatIsRefusedAlone() throws IOException {
    String write =
        "{\"type\":\"write\",\"mbean\":%s,\"attribute\":\"Tracing\",\"value\":true}"
            .formatted(JSON.valueToTree(route));
    JsonNode answers =
        jolokia(
            "["
                + String.join(
                    ",",
                    read(route, "State"),
                    exec(context, "stop()", ""),
                    read("com.sun.management:type=HotSpotDiagnostic", "DiagnosticOptions"),
                    write,
                    exec(route, "remove()", ""),
                    read("java.lang:type=Memory", "HeapMemoryUsage"))
                + "]");
    assertThat(answers.findValuesAsText("status"))
        .containsExactly("200", "403", "403", "403", "403", "200");
    assertThat(answers.get(0).path("value").asText()).isEqualTo("Started");
    for (int i = 1; i < 5; i++) {
      assertThat(answers.get(i).has("value")).as(answers.get(i).toString()).isFalse();
    }
    assertThat(camel.isStarted()).isTrue();
    assertThat(camel.getRouteController().getRouteStatus("beat")).isEqualTo(ServiceStatus.Started);
  }

  @Test
  void whatIsNotListedIsNotFoundEither() throws IOException {
    for (String wanted : List.of("*:*", "com.sun.management:*", "java.util.logging:*", "JMI*:*")) {
      JsonNode found = jolokia("{\"type\":\"search\",\"mbean\":\"" + wanted + "\"}").path("value");
      assertThat(found)
          .as(wanted)
          .allMatch(
              name ->
                  name.asText().matches("(org\\.apache\\.camel|java\\.lang|jolokia|io\\.stock).*"));
      assertThat(found.isEmpty()).as(wanted).isEqualTo(!wanted.equals("*:*"));
    }
    for (String path : List.of("com.sun.management", "java.util.logging/type=Logging")) {
      JsonNode listed = jolokia("{\"type\":\"list\",\"path\":\"" + path + "\"}");
      assertThat(listed.path("value").isEmpty()).as(listed.toString()).isTrue();
    }
    JsonNode all = jolokia("{\"type\":\"read\",\"mbean\":\"*:type=HotSpotDiagnostic,*\"}");
    assertThat(all.path("value").isEmpty()).as(all.toString()).isTrue();
    assertThat(jolokia("{\"type\":\"read\",\"mbean\":\"*:*\",\"attribute\":\"DiagnosticOptions\"}"))
        .noneMatch(JsonNode::isArray);
  }

  @Test
  void nobodyElsesJmxIsAskedFromHere() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      other.setSoTimeout(1);
      String target =
          ",\"target\":{\"url\":\"service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi\"}}"
              .formatted(other.getLocalPort());
      String question = read("java.lang:type=Memory", "HeapMemoryUsage");
      String proxied = question.substring(0, question.length() - 1) + target;
      for (String asked : List.of(proxied, "[" + question + "," + proxied + "]")) {
        JsonNode answer = jolokia(asked);
        assertThat(answer.path("status").asInt()).isEqualTo(400);
        assertThat(answer.findValues("used")).isEmpty();
      }
      assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** A bean's name and attribute are shown without the secrets that stand in them. */
  public interface ProbeMXBean {
    String getTold();
  }

  @Test
  void aSecretThatABeanShowsIsMasked() throws Exception {
    String secret = "0123456789abcdef";
    front.unsecret(
        (path, bytes) ->
            new String(bytes, UTF_8).replace(secret, "[" + path + "]").getBytes(UTF_8));
    ObjectName name = new ObjectName("io.stockobserver:type=Probe,name=" + secret);
    ProbeMXBean probe = () -> "it is " + secret;
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    server.registerMBean(new StandardMBean(probe, ProbeMXBean.class, true), name);
    try {
      for (String question :
          List.of(
              read("io.stockobserver:type=Probe,*", "Told"),
              read(name.toString(), "Told"),
              "{\"type\":\"search\",\"mbean\":\"io.stockobserver:type=Probe,*\"}",
              "{\"type\":\"list\",\"path\":\"io.stockobserver\"}")) {
        assertThat(ask("POST", "/jolokia", LEE, question))
            .contains("[/jolokia]")
            .doesNotContain(secret);
      }
    } finally {
      server.unregisterMBean(name);
    }
  }
}
