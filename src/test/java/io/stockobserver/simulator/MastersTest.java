package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Byte positions copied by hand from the sheet. */
class MastersTest {
  private static final Charset CP949 = Charset.forName("MS949");
  private static final Set<String> KEPT =
      Set.of("ST", "RT", "IF", "DR", "MF", "SC", "FS", "EF", "FE", "EN");
  private static Simulator simulator;
  private static Caller caller;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.at(new HandClock("2026-11-20T00:29:50Z")));
    caller = new Caller(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static byte[] member(String board) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(caller.master(board)))) {
      ZipEntry entry = zip.getNextEntry();
      assertThat(entry.getName()).isEqualTo(board + "_code.mst");
      byte[] bytes = zip.readAllBytes();
      assertThat(zip.getNextEntry()).isNull();
      return bytes;
    }
  }

  private static List<byte[]> records(String board, int length) throws IOException {
    byte[] all = member(board);
    assertThat(all.length % (length + 1)).isZero();
    List<byte[]> records = new ArrayList<>();
    for (int at = 0; at < all.length; at += length + 1) {
      assertThat(all[at + length]).isEqualTo((byte) '\n');
      byte[] record = java.util.Arrays.copyOfRange(all, at, at + length);
      assertThat(record).doesNotContain((byte) '\n');
      records.add(record);
    }
    return records;
  }

  private static String text(byte[] record, int from, int length) {
    return new String(record, from, length, CP949);
  }

  private static byte[] find(List<byte[]> records, String code) {
    return records.stream()
        .filter(record -> text(record, 0, 9).trim().equals(code))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void kospiRecordOfSamsungStandsWhereTheSheetSays() throws IOException {
    byte[] record = find(records("kospi", 288), "005930");

    assertThat(text(record, 0, 9)).isEqualTo("005930   ");
    assertThat(text(record, 9, 12)).isEqualTo("KR7005930003");
    assertThat(text(record, 21, 40).trim()).isEqualTo("삼성전자");
    assertThat(text(record, 61, 2)).isEqualTo("ST");
    assertThat(text(record, 90, 1)).isEqualTo("N");
    assertThat(Long.parseLong(text(record, 102, 9))).isEqualTo(71_200);
    assertThat(Integer.parseInt(text(record, 111, 5))).isEqualTo(1);
    assertThat(text(record, 121, 3)).isEqualTo("NNN");
    assertThat(text(record, 124, 2)).isEqualTo("00");
    assertThat(text(record, 129, 2)).isEqualTo("00");
    assertThat(Long.parseLong(text(record, 142, 12))).isPositive();
    assertThat(text(record, 166, 8)).matches("[12][0-9]{7}");
    assertThat(Long.parseLong(text(record, 174, 15))).isBetween(5_970_000L, 5_971_000L);
    assertThat(text(record, 210, 2)).isEqualTo("12");
    assertThat(text(record, 219, 1)).isEqualTo("0");
    assertThat(Long.parseLong(text(record, 273, 9))).isBetween(4_250_000L, 4_252_000L);
    assertThat(text(record, 61, 227)).matches("\\p{ASCII}+");
  }

  @Test
  void kosdaqAndKonexRecordsHaveTheirOwnPositions() throws IOException {
    byte[] kosdaq = find(records("kosdaq", 282), "247540");
    assertThat(text(kosdaq, 21, 40).trim()).isEqualTo("에코프로비엠");
    assertThat(Long.parseLong(text(kosdaq, 97, 9))).isEqualTo(152_800);
    assertThat(text(kosdaq, 116, 3)).isEqualTo("NNN");
    assertThat(Long.parseLong(text(kosdaq, 137, 12))).isPositive();

    List<byte[]> konex = records("konex", 245);
    assertThat(konex).hasSizeGreaterThan(80);
    assertThat(text(konex.get(0), 61, 2)).isEqualTo("KN");
    assertThat(Long.parseLong(text(konex.get(0), 63, 9))).isPositive();
  }

  @Test
  void listHasTheShapeOfTheMarket() throws IOException {
    List<byte[]> kospi = records("kospi", 288);
    List<byte[]> kosdaq = records("kosdaq", 282);
    assertThat(kospi.size() + kosdaq.size()).isGreaterThanOrEqualTo(2_600);
    assertThat(kept(kospi, 102, 121) + kept(kosdaq, 97, 116)).isBetween(1_400, 1_600);
    assertThat(kospi).anyMatch(record -> text(record, 0, 9).trim().equals("0004V0"));
    assertThat(kospi).anyMatch(record -> text(record, 0, 9).trim().equals("00088K"));
    assertThat(kospi).anyMatch(record -> text(record, 0, 9).matches("Q[0-9]{6}  "));
    assertThat(kospi).anyMatch(record -> text(record, 219, 1).equals("2"));
    assertThat(kosdaq).anyMatch(record -> text(record, 85, 1).equals("Y"));
    assertThat(kosdaq).anyMatch(record -> text(record, 117, 1).equals("Y"));
    assertThat(kosdaq).anyMatch(record -> text(record, 118, 1).equals("Y"));
  }

  private static int kept(List<byte[]> records, int price, int halted) {
    return (int)
        records.stream()
            .filter(record -> KEPT.contains(text(record, 61, 2)))
            .filter(record -> text(record, halted, 2).equals("NN"))
            .filter(record -> Long.parseLong(text(record, price, 9)) >= 4_000)
            .count();
  }

  @Test
  void quotesAndMasterAgreeOnTheBasePrice() throws IOException {
    byte[] record = find(records("kosdaq", 282), "196170");
    String base = caller.price("196170").json().get("output").get("stck_sdpr").asText();

    assertThat(Long.parseLong(text(record, 97, 9))).isEqualTo(Long.parseLong(base));
  }

  @Test
  void truncatedZipEndsInTheMiddle() {
    simulator.faults().trigger(Fault.of(FaultKind.TRUNCATED_ZIP));
    try {
      assertThatThrownBy(() -> member("kospi")).isInstanceOf(IOException.class);
    } finally {
      simulator.faults().clear();
    }
    assertThat(new String(caller.master("kospi"), 0, 2, StandardCharsets.US_ASCII)).isEqualTo("PK");
  }
}
