package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.Answer;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.world.Board;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Listing;
import io.stockobserver.simulator.world.Moment;
import io.stockobserver.simulator.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The stock master files of a day: fixed-width records in CP949, one zip a board. */
final class KisMasters {
  static final String PATH = "/common/master/";

  private static final Charset CP949 = Charset.forName("MS949");
  private static final int CODE = 9;
  private static final int ISIN = 12;
  private static final int NAME = 40;

  private final World world;
  private final Faults faults;
  private final Map<Board, byte[]> zips = new HashMap<>();
  private LocalDate made = LocalDate.MIN;

  KisMasters(World world, Faults faults) {
    this.world = world;
    this.faults = faults;
  }

  Answer answer(String path) {
    for (Board board : Board.values()) {
      if (path.equals(PATH + member(board) + ".zip")) {
        byte[] zip = zip(board);
        boolean cut = faults.active(FaultKind.TRUNCATED_ZIP, path) != null;
        return Answer.of(
            200,
            Map.of("Content-Type", "application/zip"),
            cut ? Arrays.copyOf(zip, zip.length / 2) : zip);
      }
    }
    return Answer.of(404, Map.of("Content-Type", "text/html"), "<html>404</html>");
  }

  private static String member(Board board) {
    return board.name().toLowerCase(Locale.ROOT) + "_code.mst";
  }

  private byte[] zip(Board board) {
    Moment moment = world.now();
    if (!moment.session().equals(made)) {
      zips.clear();
      made = moment.session();
    }
    return zips.computeIfAbsent(board, one -> pack(one, moment));
  }

  private byte[] pack(Board board, Moment moment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry(member(board));
      entry.setTime(
          moment.session().atTime(LocalTime.of(7, 30)).toInstant(ZoneOffset.UTC).toEpochMilli());
      zip.putNextEntry(entry);
      for (Instrument instrument : world.board(board, moment)) {
        zip.write(line(board, instrument));
      }
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] line(Board board, Instrument instrument) {
    Listing listing = instrument.listing();
    ByteArrayOutputStream line = new ByteArrayOutputStream(300);
    left(line, listing.code(), CODE);
    left(line, listing.isin(), ISIN);
    left(line, listing.name(), NAME);
    for (MasterLayout.Field field : MasterLayout.of(board)) {
      left(line, MasterFields.value(field, instrument), field.width());
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void left(ByteArrayOutputStream line, String text, int width) {
    byte[] bytes = text.getBytes(CP949);
    if (bytes.length > width) {
      throw new IllegalStateException("simulator: '" + text + "' is wider than " + width);
    }
    line.write(bytes, 0, bytes.length);
    for (int i = bytes.length; i < width; i++) {
      line.write(' ');
    }
  }

  static String date(LocalDate day) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }
}
