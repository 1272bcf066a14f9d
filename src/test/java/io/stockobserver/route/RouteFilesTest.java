package io.stockobserver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How every file of the real {@code routes/} is written, so that an operator can read it. */
class RouteFilesTest {
  private static final Path ROUTES = Path.of("routes");
  private static final Set<String> VERBS =
      Set.of(
          "poll", "hear", "tell", "call", "observe", "archive", "plan", "seal", "sweep", "package",
          "pull", "drill", "load", "report");
  private static final Set<String> DERIVED = Set.of("calendar.evidence");
  private static final Set<String> NO_STEPS =
      Set.of("script", "setHeader", "setHeaders", "removeHeader", "choice", "transform");
  private static final Pattern KEY = Pattern.compile("\\{\\{([^{}]+)}}");
  private static final int LINES = 40;
  private static final int STEPS = 7;
  private static final int LEVELS = 2;

  @TestFactory
  Stream<DynamicTest> everyFileIsAPage() throws IOException {
    List<RoutePage> pages = pages();
    assertThat(pages).hasSizeGreaterThanOrEqualTo(20);
    return pages.stream()
        .map(page -> dynamicTest(page.name(), () -> assertThat(slips(page)).isEmpty()));
  }

  @Test
  void everyRuleCanFail() {
    String sound =
        """
        # Somewhere -> elsewhere.
        # Stopping it: nothing moves.
        - route:
            id: poll-x
            description: Move
            group: provider.x
            nodePrefixId: poll-x
            from:
              uri: direct:poll-x
              steps:
                - bean: {ref: x, method: y}
        """;
    assertThat(slips("poll-x", sound)).isEmpty();
    assertThat(slips("poll-y", sound)).containsExactly("id", "nodePrefixId");
    assertThat(slips("move-x", sound.replace("poll-x", "move-x"))).containsExactly("verb");
    assertThat(slips("poll-x", sound.replace("group: provider.x", "autoStartup: true")))
        .containsExactly("group");
    assertThat(slips("poll-x", sound.replace("description: Move", "trace: false")))
        .containsExactly("description");
    assertThat(slips("poll-x", sound.replace("# Stopping it", "# Stops")))
        .containsExactly("comments");
    assertThat(slips("poll-x", sound.replace("{ref: x, method: y}", "{ref: \"{{x.y}}\"}")))
        .containsExactly("key x.y");
    assertThat(slips("poll-x", sound.replace("bean: {ref: x, method: y}", "script: {simple: x}")))
        .containsExactly("step script");
    assertThat(slips("poll-x", sound + "        - bean: {ref: x}\n".repeat(7)))
        .containsExactly("steps");
    assertThat(slips("poll-x", sound + "#\n".repeat(40))).containsExactly("lines");
    assertThat(slips("poll-x", sound + sound)).contains("one route");
    String deep =
        """
                - filter:
                    steps:
                      - loop:
                          steps:
                            - bean: {ref: x}
        """;
    assertThat(slips("poll-x", sound + deep)).containsExactly("levels");
  }

  private static List<String> slips(String id, String text) {
    return slips(RoutePage.of(id + ".camel.yaml", text));
  }

  private static List<String> slips(RoutePage page) {
    List<String> all = new ArrayList<>();
    unless(page.name().endsWith(".camel.yaml"), "ending", all);
    unless(page.lines().size() <= LINES, "lines", all);
    keys(page, all);
    if (page.isErrorPlan()) {
      unless(page.items().size() == 1, "one configuration", all);
      unless(page.lines().get(0).startsWith("# "), "comments", all);
      return all;
    }
    unless(
        page.lines().get(0).startsWith("# ")
            && page.lines().get(1).startsWith("# Stopping it")
            && !page.lines().get(2).startsWith("#"),
        "comments",
        all);
    unless(page.items().size() == 1, "one route", all);
    unless(page.id().equals(page.route().get("id")), "id", all);
    unless(page.id().equals(page.route().get("nodePrefixId")), "nodePrefixId", all);
    unless(page.route().get("description") instanceof String, "description", all);
    unless(page.route().get("group") instanceof String, "group", all);
    unless(VERBS.contains(page.id().split("-", 2)[0]), "verb", all);
    List<String> steps = page.steps();
    unless(steps.size() <= STEPS, "steps", all);
    unless(page.depth() <= LEVELS, "levels", all);
    steps.stream().filter(NO_STEPS::contains).forEach(step -> all.add("step " + step));
    return all;
  }

  /** In comments too: an operator looks there for what to turn. */
  private static void keys(RoutePage page, List<String> all) {
    for (String line : page.lines()) {
      Matcher key = KEY.matcher(line);
      while (key.find()) {
        if (!SETTINGS.containsKey(key.group(1)) && !DERIVED.contains(key.group(1))) {
          all.add("key " + key.group(1).toLowerCase(Locale.ROOT));
        }
      }
    }
  }

  private static final Properties SETTINGS = settings();

  private static Properties settings() {
    Properties all = new Properties();
    try (var reader = Files.newBufferedReader(Path.of("config/application.properties"))) {
      all.load(reader);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return all;
  }

  private static List<RoutePage> pages() throws IOException {
    List<RoutePage> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(ROUTES)) {
      for (Path file : files.sorted().toList()) {
        all.add(RoutePage.read(file));
      }
    }
    return all;
  }

  private static void unless(boolean sound, String slip, List<String> all) {
    if (!sound) {
      all.add(slip);
    }
  }
}
