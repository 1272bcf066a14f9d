package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Entry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 8 as a whole: files close by the clock, with traffic and without. */
class RotationIT {
  @TempDir Path dir;

  @Test
  void filesCloseOnTheGridAndAlsoWhenNothingIsHeardAnyMore() {
    try (Observatory o =
        new Observatory(dir, "14:59:30")
            .set("archive.scalp.rotate", "2s")
            .set("archive.tape.rotate", "2s")
            .observe()) {
      o.awaitSlots(41);
      o.until("15:00:01"); // no scalp line any more
      Observatory.await("the last scalp file is sealed", () -> allSealed(o.books(), "scalp/"));
      o.end();
      Books books = o.books();
      books.verified();
      List<String> scalp = books.files("scalp");
      assertThat(scalp)
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(name -> name.matches(".*/14_59_[345]\\d\\.jsonl"))
          .last()
          .isEqualTo("scalp/kis/kr_stocks/20261120/14_59_58.jsonl");
      assertThat(books.files("tape")).hasSizeGreaterThanOrEqualTo(4);
      Map<Long, String> seqs = new HashMap<>();
      List<Entry> tape = books.tape();
      for (Entry entry : tape) {
        assertThat(seqs.put(entry.seq(), entry.path())).as("in two files").isNull();
      }
      assertThat(seqs).hasSize((int) tape.get(tape.size() - 1).seq());
      for (String path : books.files("")) {
        if (path.endsWith(".jsonl")) {
          assertThat(books.raw(path)).as(path).isNotEmpty();
        }
      }
      Set<String> lines = new HashSet<>();
      for (JsonNode line : books.scalp()) {
        assertThat(lines.add(text(line, "symbol") + text(line, "sample_time"))).isTrue();
      }
    }
  }

  private static boolean allSealed(Books books, String folder) {
    int sealed = 0;
    for (JsonNode file : books.whole("manifest/kis/20261120.json").path("files")) {
      if (text(file, "path").startsWith(folder) && text(file, "state").equals("sealed")) {
        sealed++;
      }
    }
    return sealed == books.files(folder).size();
  }
}
