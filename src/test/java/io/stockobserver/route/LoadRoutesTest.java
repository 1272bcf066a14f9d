package io.stockobserver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real load routes over loads that go well, fail and are refused. */
class LoadRoutesTest {
  @TempDir Path archive;
  private final ConcurrentLinkedQueue<List<Day>> rounds = new ConcurrentLinkedQueue<>();
  private final List<String> loaded = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  /** As the round hands it out. */
  public record Day(String key) {}

  /** Has days due. */
  public final class Due {
    public List<Day> due() {
      List<Day> next = rounds.poll();
      return next == null ? List.of() : next;
    }
  }

  /** Loads them. */
  public final class Loader {
    public String load(Day day) throws IOException {
      loaded.add(day.key());
      if (away) {
        throw new IOException("the database is away");
      }
      return day.key().startsWith("bad") ? "{\"path\":\"" + day.key() + "\"}\n" : "";
    }
  }

  @Test
  void aDayIsLoadedOnceUnlessItFailedAndDeadLettersAreKept() throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    try (camel) {
      Properties settings = new Properties();
      settings.put("archive.dir", archive.toString());
      settings.put("etl.every", "1m");
      camel.getPropertiesComponent().setOverrideProperties(settings);
      RouteParts.by(Clock.systemUTC()).forEach(camel.getRegistry()::bind);
      camel.getRegistry().bind("kisLoads", new Due());
      camel.getRegistry().bind("loads", new Loader());
      camel
          .getRegistry()
          .bind("loadedDays", MemoryIdempotentRepository.memoryIdempotentRepository(9));
      for (String file : List.of("next-second", "load-changed-day", "load-day-kis")) {
        String yaml = Files.readString(Path.of("routes", file + ".camel.yaml"));
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(
                ResourceHelper.fromString(
                    "file:" + file + ".camel.yaml", yaml.replace("every: 1s", "every: 20ms")));
      }
      away = true;
      rounds.add(List.of(new Day("a"), new Day("bad-b")));
      rounds.add(List.of(new Day("a"), new Day("bad-b")));
      camel.start();
      await().until(() -> loaded.size() == 4);
      assertThat(loaded)
          .as("what failed is tried again")
          .containsExactly("a", "bad-b", "a", "bad-b");
      assertThat(archive.resolve("log/dead_letters.jsonl")).doesNotExist();
      away = false;
      rounds.add(List.of(new Day("a"), new Day("bad-b")));
      rounds.add(List.of(new Day("a"), new Day("bad-b"), new Day("bad-c")));
      await().until(() -> loaded.contains("bad-c"));
      await().until(() -> Files.size(archive.resolve("log/dead_letters.jsonl")) > 30);
      assertThat(loaded.subList(4, loaded.size()))
          .as("what went well or was refused is not")
          .containsExactly("a", "bad-b", "bad-c");
      assertThat(Files.readAllLines(archive.resolve("log/dead_letters.jsonl")))
          .containsExactly("{\"path\":\"bad-b\"}", "{\"path\":\"bad-c\"}");
    }
  }
}
