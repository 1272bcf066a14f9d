package io.stockobserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The board at a terminal: a line a slot, readable in 80 columns. */
class SlotTableTest {
  private static final String TOLD =
      """
      {"provider":"kis","zone":"Asia/Seoul","slots_capacity":41,"slots_acknowledged":2,
       "slots_receiving":1,"board":[
       {"symbol":"005930","name":"삼성전자우선주식회사","standing":"acknowledged","price":70100,
        "prev_close":70000,"trigger":"manual_override","pinned":true,
        "since":"2026-11-20T00:30:01.000Z","age_seconds":0.25,"fresh":true,"silent":false},
       {"symbol":"000660","name":"SK","standing":"acknowledged","price":1234567.5,
        "prev_close":1300000,"trigger":"volume_surge","pinned":false,
        "since":"2026-11-20T00:31:02.000Z","age_seconds":605,"fresh":true,"silent":true},
       {"symbol":"KRW-BTC","name":"","trigger":"none","pinned":false,"fresh":false,"silent":false}]}
      """;

  private static List<String> lines(int columns) throws Exception {
    JsonNode told = new ObjectMapper().readTree(TOLD);
    return SlotTable.lines(told, columns);
  }

  @Test
  void eightyColumnsHoldALineOfEach() throws Exception {
    assertThat(lines(80))
        .containsExactly(
            "kis: 41 slots, 2 confirmed, 1 heard",
            "    symbol    name                 price trigger            since    age pin",
            "  1 005930    삼성전자우선         70100 manual_override 09:30:01   0.3s pin",
            "  2 000660    SK               1234567.5 volume_surge    09:31:02    10m",
            "  3 KRW-BTC                            - none                   -      -");
    // A Korean letter takes two columns.
    assertThat(lines(80)).allMatch(line -> line.length() + (line.contains("삼성") ? 6 : 0) < 80);
  }

  @Test
  void aWideTerminalTellsMore() throws Exception {
    assertThat(lines(120).get(2)).contains("삼성전자우선주식회사", "+0.14%", "acknowledged");
    assertThat(lines(120).get(3)).endsWith("-5.03% acknowledged silent");
    assertThat(lines(120).get(4)).endsWith("- wanted       not heard yet");
  }
}
