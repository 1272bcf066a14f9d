package io.stockobserver.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.mappings.MappingTable.Message;
import io.stockobserver.mappings.MappingTable.Row;
import io.stockobserver.mappings.MappingTable.Specific;
import io.stockobserver.mappings.MappingTable.Status;
import io.stockobserver.provider.kis.KisVenue;
import io.stockobserver.provider.kis.KisWire;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Understood;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** config/mappings/kis.yaml against the reader, on messages of every field that KIS documents. */
class KisMappingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** 10:15:32.7 in Seoul. */
  private static final Instant HEARD_AT = Instant.parse("2026-11-20T01:15:32.700Z");

  private static final String QUOTATIONS = "GET /uapi/domestic-stock/v1/quotations/";

  @ParameterizedTest
  @ValueSource(strings = {"trade", "quotes", "price", "book", "rank"})
  void theCodeReadsWhatTheTableSaysAndNothingElse(String message) throws IOException {
    MappingTable table = MappingTable.of("kis");
    assertThat(MappingCheck.findings(table, table.message(message), sample(message))).isEmpty();
  }

  @Test
  void everyMessageOfTheTableIsTried() throws IOException {
    assertThat(MappingTable.of("kis").messages())
        .extracting(Message::name)
        .containsExactly("trade", "quotes", "price", "book", "rank");
  }

  @Test
  void aTableThatLiesIsFound() throws IOException {
    // It reads another field, otherwise, a field that is not there, or not at all.
    assertThat(lie("acc_value", row("SELN_CNTG_SMTN", "number")))
        .contains("trade, as sent: acc_value should be 3905120 and is 603524118900");
    assertThat(lie("acc_volume", row("ACML_VOL", "price")))
        .contains("trade, ACML_VOL sent as '0': acc_volume should be nothing and is 0");
    assertThat(lie("open", row("STCK_OPRC_OF_TODAY", "price")))
        .containsExactly("STCK_OPRC_OF_TODAY is named and not in the message");
    assertThat(lie("ask_size", null))
        .contains("trade, as sent: ask_size should be nothing and is 18342");
    // The same in most messages, and not where it matters.
    assertThat(lie("halted", row("HOUR_CLS_CODE", "is Y")))
        .contains(
            "trade, TRHT_YN changed to 'Y': halted should be false and is true",
            "trade, HOUR_CLS_CODE changed to 'Y': halted should be true and is false");
  }

  @Test
  void aFieldThatIsOnlyPlannedMayNotBeRead() throws IOException {
    MappingTable table = MappingTable.of("kis");
    Message quotes = table.message("quotes");
    List<Row> rows = new ArrayList<>(quotes.rows());
    rows.replaceAll(
        row ->
            row.normalized().equals("open")
                ? new Row("open", row.from(), row.as(), Status.TODO)
                : row);
    assertThat(MappingCheck.findings(table, quotes.with(rows, quotes.specific()), sample("quotes")))
        .contains("quotes, as sent: open should be nothing and is 71500");
  }

  private static Function<String, Row> row(String from, String as) {
    return field -> new Row(field, List.of(from), Transformation.Word.parse(as), Status.OK);
  }

  /** What is found when one row of the trade says something else, or is gone. */
  private static List<String> lie(String field, @Nullable Function<String, Row> instead)
      throws IOException {
    MappingTable table = MappingTable.of("kis");
    Message trade = table.message("trade");
    List<Row> rows = new ArrayList<>(trade.rows());
    rows.removeAll(trade.rowsOf(field));
    if (instead != null) {
      rows.add(instead.apply(field));
    }
    Map<String, Specific> specific = new LinkedHashMap<>(trade.specific());
    // What is read no more must stand somewhere, or its name alone would tell.
    Set<String> unnamed = trade.named();
    unnamed.removeAll(trade.with(rows, trade.specific()).named());
    unnamed.forEach(name -> specific.put(name, new Specific(name, false)));
    return MappingCheck.findings(table, trade.with(rows, specific), sample("trade"));
  }

  private static MappingCheck.Sample sample(String message) throws IOException {
    Map<String, String> fields;
    try (InputStream in = KisMappingTest.class.getResourceAsStream("kis/" + message + ".json")) {
      fields = JSON.readValue(in, new TypeReference<LinkedHashMap<String, String>>() {});
    }
    return new MappingCheck.Sample(
        fields,
        HEARD_AT,
        (field, text) -> true,
        switch (message) {
          case "trade" -> KisMappingTest::trade;
          case "quotes" -> rows("intstock-multprice?FID_INPUT_ISCD_1=005930");
          case "price" -> rows("inquire-price?FID_INPUT_ISCD=005930");
          case "rank" -> rows("volume-rank?FID_INPUT_ISCD=0000");
          default -> KisMappingTest::book;
        });
  }

  /** KIS sheet 6.5: flag, transaction, count, and the fields by position. */
  private static Understood trade(Map<String, String> fields) {
    Understood out = new Understood();
    String frame = "0|H0STCNT0|001|" + String.join("^", fields.values());
    new KisWire(KisVenue.KRX).readFeed(entry("trade", 0, frame), out);
    return out;
  }

  /** KIS sheet 3.2: rows in {@code output}. */
  private static Function<Map<String, String>, Understood> rows(String asked) {
    return fields -> {
      ObjectNode root = JSON.createObjectNode();
      root.putArray("output").addPOJO(fields);
      return answer(asked, root);
    };
  }

  /** KIS sheet 4.2: the book in one object, the price in another. */
  private static Understood book(Map<String, String> fields) {
    ObjectNode root = JSON.createObjectNode();
    fields.forEach(
        (name, value) -> {
          String[] path = name.split("\\.", 2);
          // A field that nobody knows stands in either.
          root.withObjectProperty(path.length == 1 ? "output1" : path[0])
              .put(path[path.length - 1], value);
        });
    return answer("inquire-asking-price-exp-ccn?FID_INPUT_ISCD=005930", root);
  }

  private static Understood answer(String asked, ObjectNode root) {
    root.put("rt_cd", "0").put("msg_cd", "MCA00000").put("msg1", "");
    Understood out = new Understood();
    new KisWire(KisVenue.KRX)
        .readAnswer(
            entry("swing", 200, root.toString()), entry("swing", 0, QUOTATIONS + asked), out);
    return out;
  }

  private static Entry entry(String feed, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Entry(
        7, new Draft(HEARD_AT, 0, feed, Direction.IN, 6, status, bytes), "tape/x.jsonl", 3);
  }
}
