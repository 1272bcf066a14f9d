package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.EVENTS;
import static io.stockobserver.etl.SmallArchive.SCALP;
import static io.stockobserver.etl.SmallArchive.event;
import static io.stockobserver.etl.SmallArchive.scalp;
import static io.stockobserver.etl.SmallArchive.started;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of docs/queries.md runs, finds something, and has the columns that the page shows.
 */
class QueriesPageIT {
  private static final Pattern QUERY =
      Pattern.compile("```sql\n(.*?);\n```\n+```\n(.*?)```", Pattern.DOTALL);

  @TempDir Path dir;

  @Test
  void theQueriesOfThePageRunInPostgresAndInDuckDb() throws Exception {
    String page = Files.readString(Path.of("docs/queries.md"));
    int duckFrom = page.indexOf("## From DuckDB");
    SmallArchive archive = day();
    Path out = dir.resolve("export");
    int[] ran = new int[2];
    try (TradingDatabase db = TradingDatabase.empty("queries_it");
        Duck duck = new Duck()) {
      assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
      try (Database database = db.open()) {
        Export.write(database, "kis", SmallArchive.DAY, out);
      }
      Matcher query = QUERY.matcher(page);
      while (query.find()) {
        boolean ducks = query.start() > duckFrom;
        String sql =
            query
                .group(1)
                .replace("'export/", "'" + out + "/")
                .replace("'data/", "'" + dir + "/data/");
        List<List<String>> found = ducks ? duck.table(sql) : db.table(sql);
        assertThat(found).as(sql).hasSizeGreaterThan(1);
        assertThat(shown(query.group(2))).as(sql).isEqualTo(found.get(0));
        ran[ducks ? 1 : 0]++;
      }
    }
    // None was overlooked: every block of SQL is one of those.
    assertThat(ran[0] + ran[1]).isEqualTo(page.split("```sql", -1).length - 1);
    assertThat(ran).containsExactly(5, 5);
  }

  /** The names above the first line that is a rule, of psql's or of DuckDB's picture. */
  private static List<String> shown(String output) {
    String head =
        output.lines().filter(l -> l.contains("|") || l.contains("│")).findFirst().orElse("");
    List<String> names = new ArrayList<>();
    for (String name : Arrays.asList(head.split("[|│]", -1))) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  /** Two sessions, seven seconds apart. */
  private SmallArchive day() throws Exception {
    String again =
        started()
            .replace("sess_20261120_085000", "sess_20261120_093012")
            .replace("2026-11-19T23:50:00.000Z", "2026-11-20T00:30:12.000Z");
    Path ledger = dir.resolve("data/system/overflow/kis/20261120_overflow.jsonl");
    Files.createDirectories(ledger.getParent());
    Files.writeString(
        ledger,
        "{\"timestamp\":\"2026-11-20T00:30:00.019Z\",\"provider\":\"kis\",\"market\":\"kr_stocks\","
            + "\"symbol\":\"086790\",\"candidate_score\":0.0707,\"cutoff_rank\":41,"
            + "\"mitigation_level\":0,\"decision_reason\":\"low_score\",\"session_id\":\"x\","
            + "\"trigger\":\"traded_value\"}\n");
    return new SmallArchive(dir.resolve("data"))
        .file(EVENTS, started(), event("session_stopped", "00:30:05.000", ""), again)
        .file(
            SCALP + "09_30_00.jsonl",
            scalp("005930", "00:30:04.500", "71500", "5"),
            scalp("005930", "00:30:12.500", "71400", "7"))
        .sealed();
  }
}
