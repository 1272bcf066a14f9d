package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.universe.Listing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** The records are laid out by the absolute positions of the sheet, not by our own table. */
class KisMastersTest {
  private static final Charset CP949 = Charset.forName("MS949");

  /** One record of blanks, filled by absolute byte position. */
  private static final class Line {
    final byte[] b;

    Line(int length, String symbol, String name) {
      b = new byte[length];
      Arrays.fill(b, (byte) ' ');
      put(0, symbol);
      put(9, "KR7005930003");
      put(21, name);
    }

    Line put(int position, String text) {
      byte[] bytes = text.getBytes(CP949);
      System.arraycopy(bytes, 0, b, position, bytes.length);
      return this;
    }
  }

  private static Line kospi(String symbol, String name) {
    return new Line(288, symbol, name)
        .put(61, "ST")
        .put(90, "N")
        .put(93, "0")
        .put(102, "000071200")
        .put(121, "NNN")
        .put(124, "00")
        .put(129, "00")
        .put(131, "00")
        .put(142, "000014228990")
        .put(166, "19750611")
        .put(219, "0");
  }

  private static byte[] lines(String end, byte[]... records) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] record : records) {
      out.writeBytes(record);
      out.writeBytes(end.getBytes(CP949));
    }
    return out.toByteArray();
  }

  private static byte[] zip(String member, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(member));
      zip.write(content);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Heard read(String board, byte[] zip) {
    return Heard.answer("GET /common/master/" + board + "_code.mst.zip", 200, zip);
  }

  @Test
  void aPlainKospiShare() {
    byte[] file = lines("\n", kospi("005930", "삼성전자").b);
    Heard heard = read("kospi", zip("kospi_code.mst", file));

    assertThat(heard.told).containsExactly("listed kospi_code.mst");
    Listing listing = heard.listings.get(0);
    assertThat(listing.symbol()).isEqualTo("005930");
    assertThat(listing.name()).isEqualTo("삼성전자");
    assertThat(listing.basePrice()).isEqualTo(new BigDecimal("71200"));
    assertThat(listing.board()).isEqualTo("kospi");
    assertThat(listing.group()).isEqualTo("ST");
    assertThat(listing.halted()).isFalse();
    assertThat(listing.liquidation()).isFalse();
    assertThat(listing.prevVolume()).isEqualTo(new BigDecimal("14228990"));
    assertThat(listing.flags()).isEmpty();
  }

  @Test
  void everyFlagOfKospi() {
    byte[] all =
        kospi("00088K", "한화3우B")
            .put(90, "Y")
            .put(93, "2")
            .put(102, "    71200")
            .put(121, "YYY")
            .put(124, "02")
            .put(131, "01")
            .put(142, "            ")
            .put(166, "20261120")
            .put(219, "2")
            .b;
    // Blank-padded numbers, CR LF and no line end at all occur too.
    byte[] file = lines("\r\n", all, kospi("0004V0", "새것").put(102, "000000000").put(129, "  ").b);
    Heard heard = read("kospi", zip("kospi_code.mst", Arrays.copyOf(file, file.length - 2)));

    assertThat(heard.declared).isEqualTo(2);
    Listing listing = heard.listings.get(0);
    assertThat(listing.symbol()).isEqualTo("00088K");
    assertThat(listing.basePrice()).isEqualTo(new BigDecimal("71200"));
    assertThat(listing.prevVolume()).isNull();
    assertThat(listing.halted()).isTrue();
    assertThat(listing.liquidation()).isTrue();
    assertThat(listing.flags())
        .containsExactly(
            "administrative",
            "spac",
            "preferred",
            "warning",
            "overheat",
            "ex_rights",
            "new_listing");
    assertThat(heard.listings.get(1).symbol()).isEqualTo("0004V0");
    assertThat(heard.listings.get(1).basePrice()).isNull();
    assertThat(heard.listings.get(1).flags()).isEmpty();
  }

  @Test
  void kosdaqAndKonexStandElsewhere() {
    byte[] kosdaq =
        new Line(282, "247540", "에코프로비엠")
            .put(61, "ST")
            .put(85, "Y")
            .put(88, "3")
            .put(91, "Y")
            .put(97, "000152300")
            .put(116, "NNN")
            .put(119, "01")
            .put(124, "02")
            .put(126, "00")
            .put(137, "000000512000")
            .put(161, "20190305")
            .put(214, "1")
            .b;
    Listing listing = read("kosdaq", zip("kosdaq_code.mst", lines("\n", kosdaq))).listings.get(0);
    assertThat(listing.board()).isEqualTo("kosdaq");
    assertThat(listing.basePrice()).isEqualTo(new BigDecimal("152300"));
    assertThat(listing.prevVolume()).isEqualTo(new BigDecimal("512000"));
    assertThat(listing.flags())
        .containsExactly("spac", "preferred", "caution", "overheat", "ex_rights", "attention");

    // KONEX: sheet 5.2 gives offsets inside the tail, which begins at 61.
    byte[] konex =
        new Line(245, "278990", "코넥스")
            .put(61, "KN")
            .put(61 + 2, "000003100")
            .put(61 + 21, "NNY")
            .put(61 + 24, "03")
            .put(61 + 29, "00")
            .put(61 + 31, "00")
            .put(61 + 42, "000000000120")
            .put(61 + 66, "20261120")
            .b;
    Listing small = read("konex", zip("konex_code.mst", lines("\n", konex))).listings.get(0);
    assertThat(small.basePrice()).isEqualTo(new BigDecimal("3100"));
    assertThat(small.prevVolume()).isEqualTo(new BigDecimal("120"));
    assertThat(small.group()).isEqualTo("KN");
    assertThat(small.flags()).containsExactly("administrative", "risk", "new_listing");
  }

  @Test
  void aBadRecordIsRefusedAlone() {
    byte[] good = kospi("005930", "삼성전자").b;
    byte[] shorter = Arrays.copyOf(kospi("000660", "SK하이닉스").b, 287);
    byte[] noPrice = kospi("000270", "기아").put(102, "0000x1200").b;
    byte[] noGroup = kospi("000100", "유한양행").put(61, "S1").b;
    byte[] file = lines("\n", shorter, good, noPrice, noGroup);
    Heard heard = read("kospi", zip("kospi_code.mst", file));

    assertThat(heard.declared).isEqualTo(4);
    assertThat(heard.listings).extracting(Listing::symbol).containsExactly("005930");
    assertThat(heard.refusals)
        .extracting(Heard.Refusal::reason)
        .containsExactly("record-length", "field-malformed", "field-malformed");
    assertThat(heard.refusals)
        .extracting(Heard.Refusal::symbol)
        .containsExactly("000660", "000270", "000100");
    assertThat(heard.drifts).containsExactly("kospi_code.mst/287");
  }

  @Test
  void anArchiveIsWholeOrRefused() {
    byte[] whole = zip("kospi_code.mst", lines("\n", kospi("005930", "삼성전자").b));
    for (int length = 4; length < whole.length - 1; length++) {
      assertThat(read("kospi", Arrays.copyOf(whole, length)).told)
          .as("cut at %d of %d", length, whole.length)
          .containsExactly("zip-truncated  kospi_code.mst");
    }
    assertThat(read("kospi", "<html>".getBytes(CP949)).told)
        .containsExactly("not-a-zip  kospi_code.mst");
    assertThat(read("kosdaq", whole).told).containsExactly("wrong-master  kospi_code.mst");
    assertThat(read("kospi", zip("readme.txt", new byte[0])).told)
        .containsExactly("zip-without-master  kospi_code.mst");
    assertThat(read("kospi", zip("kospi_code.mst", new byte[0])).told)
        .containsExactly("empty-answer  kospi_code.mst");
    assertThat(Heard.answer("GET /common/master/kospi_code.mst.zip", 404, new byte[0]).told)
        .containsExactly("request-refused HTTP 404");
  }

  @Test
  void aDamagedArchiveIsRefusedWhateverTheDamage() {
    byte[] whole = zip("kospi_code.mst", lines("\n", kospi("005930", "삼성전자").b));
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x41;
      Heard heard = read("kospi", damaged);
      if (heard.declared != 0) {
        assertThat(heard.listings).as("damage at %d", at).hasSize(1);
        assertThat(heard.listings.get(0).name()).isEqualTo("삼성전자");
      }
    }
  }

  @Test
  void whatInflatesWithoutEndIsStopped() {
    byte[] bomb = zip("kospi_code.mst", new byte[1_000_000]);
    assertThatThrownBy(() -> KisArchive.unpack(bomb, 999_999)).hasMessage("zip-too-large");
  }
}
