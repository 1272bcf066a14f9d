package io.stockobserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is in a day's universe, and who is not and why. */
class UniverseCommandTest {
  private static final String FROZEN =
      """
      {"date":"20261120","provider":"kis","market":"kr_stocks","created_at":"2026-11-19T23:00:00Z",
       "rule":"stck_sdpr>=4000","sources":[{"name":"kospi_code.mst","sha256":"ab"}],
       "counts":{"listed":5,"kept":2,"below_price":2,"halted":1},
       "symbols":[
        {"symbol":"000020","name":"동화약품","prev_close":6100,"board":"kospi","group":"ST","flags":[]},
        {"symbol":"005930","name":"Samsung","prev_close":70100,"board":"kospi","group":"ST",
         "flags":["administrative"]}],
       "out":{"below_price":["000040","000050"],"halted":["000060"]}}
      """;

  @TempDir Path root;

  @BeforeEach
  void archive() throws IOException {
    Path folder = Files.createDirectories(root.resolve("universe/kis/kr_stocks"));
    Files.writeString(folder.resolve("20261120.json"), FROZEN);
    Files.writeString(
        folder.resolve("20261119.json"),
        FROZEN.replace("20261120", "20261119").replaceAll("(?s),\\s+\"out\".*", "}"));
  }

  /** Its exit code and what it said. */
  private String command(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      String[] all = new String[words.length + 3];
      all[0] = "universe";
      System.arraycopy(words, 0, all, 1, words.length);
      all[words.length + 1] = "--data";
      all[words.length + 2] = root.toString();
      int exit = ObserverCommand.run(all);
      return exit + "\n" + said.toString(StandardCharsets.UTF_8).stripTrailing();
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void theNewestIsToldWhole() {
    assertThat(command().lines())
        .containsExactly(
            "0",
            "kis kr_stocks 20261120: 2 of 5 listed are in",
            "  rule: stck_sdpr>=4000",
            "  frozen at 2026-11-19T23:00:00Z from kospi_code.mst",
            "  listed                5",
            "  in                    2",
            "  below price           2",
            "  halted                1",
            "symbol       name                     board    group      prev close  flags",
            "000020       동화약품                 kospi    ST               6100",
            "005930       Samsung                  kospi    ST              70100  administrative",
            "out, below price: 000040 000050",
            "out, halted: 000060");
  }

  @Test
  void oneSymbolIsToldWithItsReason() {
    assertThat(command("--symbol", "005930", "--symbol", "000060", "--symbol", "nobody"))
        .endsWith("  005930       in\n  000060       out, halted\n  nobody       not listed");
    assertThat(command("20261119", "--symbol", "000060")).endsWith("out, or not listed");
    assertThat(command("20261119")).contains("only how many is known, not who");
  }

  @Test
  void jsonIsTheFileItself() throws IOException {
    String said = command("20261120", "--json");
    JsonNode told = new ObjectMapper().readTree(said.substring(2));
    assertThat(told.path("universes").get(0)).isEqualTo(new ObjectMapper().readTree(FROZEN));
    told = new ObjectMapper().readTree(command("--json", "--symbol", "000050").substring(2));
    assertThat(told.path("universes").get(0).path("asked").get(0).path("why").asText())
        .isEqualTo("out, below price");
  }

  @Test
  void whatIsNoDayOrHasNoneIsRefused() {
    assertThat(command("soon")).isEqualTo("2\n");
    assertThat(command("20250101")).isEqualTo("3\n");
    assertThat(command("--provider", "upbit")).isEqualTo("3\n");
  }
}
