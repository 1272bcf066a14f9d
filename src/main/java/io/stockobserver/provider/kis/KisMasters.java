package io.stockobserver.provider.kis;

import io.stockobserver.market.Digits;
import io.stockobserver.tape.Entry;
import io.stockobserver.universe.Listing;
import io.stockobserver.venue.Readings;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a board's master file: CP949, one record of fixed width a line, the tail counted from the
 * record's end (KIS sheet 5). Thread-safe.
 */
final class KisMasters {
  private static final Charset CP949 = Charset.forName("MS949");

  private static final int SYMBOL = 9;
  private static final int NAME = 21;

  private KisMasters() {}

  /** Reads the answer to a download of {@code board}; declared = listed + refused. */
  static void read(KisBoard board, Entry answer, Readings out) {
    KisArchive archive;
    try {
      archive = KisArchive.unpack(answer.body(), KisArchive.MOST_BYTES);
    } catch (KisArchive.Unreadable e) {
      out.declared(0);
      out.answerRefused(String.valueOf(e.getMessage()), "", board.member());
      return;
    }
    if (KisBoard.named(archive.member()) != board) {
      out.declared(0);
      out.answerRefused("wrong-master", "", archive.member());
      return;
    }
    List<int[]> lines = lines(archive.bytes());
    if (lines.isEmpty()) {
      out.declared(0);
      out.answerRefused("empty-answer", "", archive.member());
      return;
    }
    out.declared(lines.size());
    LocalDate today = LocalDate.ofInstant(answer.heardAt(), KisMoments.SEOUL);
    List<Listing> listings = new ArrayList<>(lines.size());
    for (int[] line : lines) {
      Listing listing = record(board, archive.bytes(), line[0], line[1], today, out);
      if (listing != null) {
        listings.add(listing);
      }
    }
    out.listed(archive.member(), listings);
  }

  /** Where each line begins and ends, LF or CR LF; empty ones are none. */
  private static List<int[]> lines(byte[] b) {
    List<int[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= b.length; i++) {
      // No second byte of CP949 is a line feed, so a name cannot end a line.
      if (i == b.length || b[i] == '\n') {
        int end = i > start && b[i - 1] == '\r' ? i - 1 : i;
        if (end > start) {
          lines.add(new int[] {start, end});
        }
        start = i + 1;
      }
    }
    return lines;
  }

  private static @Nullable Listing record(
      KisBoard board, byte[] b, int from, int to, LocalDate today, Readings out) {
    String symbol = text(b, from, Math.min(to, from + SYMBOL));
    String known = KisSymbols.valid(symbol) ? symbol : null;
    if (to - from != board.record()) {
      out.drift(board.member() + '/' + (to - from), sample(b, from, to));
      out.refused("record-length", known, 1, sample(b, from, to));
      return null;
    }
    int tail = to - board.tail();
    KisBoard.Layout layout = board.layout();
    String group = text(b, tail, tail + 2);
    String malformed = null;
    if (known == null) {
      malformed = "mksc_shrn_iscd";
    } else if (!capitals(group)) {
      malformed = "scrt_grp_cls_code";
    } else if (!yesOrNo(b[tail + layout.halted()])) {
      malformed = "trht_yn";
    } else if (!yesOrNo(b[tail + layout.liquidation()])) {
      malformed = "sltr_yn";
    }
    BigDecimal base = null;
    BigDecimal volume = null;
    try {
      base = number(b, tail + layout.basePrice(), 9);
      volume = number(b, tail + layout.prevVolume(), 12);
    } catch (NumberFormatException e) {
      malformed = malformed == null ? "stck_sdpr or prdy_vol" : malformed;
    }
    if (malformed != null || known == null) {
      out.refused("field-malformed", known, 1, malformed + " in " + sample(b, from, to));
      return null;
    }
    return new Listing(
        known,
        new String(b, from + NAME, tail - from - NAME, CP949).strip(),
        base == null || base.signum() == 0 ? null : base,
        board.word(),
        group,
        b[tail + layout.halted()] == 'Y',
        b[tail + layout.liquidation()] == 'Y',
        volume,
        null,
        flags(layout, b, tail, today));
  }

  private static List<String> flags(KisBoard.Layout layout, byte[] b, int tail, LocalDate today) {
    List<String> flags = new ArrayList<>();
    add(flags, "administrative", b[tail + layout.administrative()] == 'Y');
    add(flags, "spac", at(b, tail, layout.spac()) == 'Y');
    byte preferred = b[tail + layout.preferred()];
    add(flags, "preferred", preferred == '1' || preferred == '2');
    String alert = text(b, tail + layout.alert(), tail + layout.alert() + 2);
    add(flags, "caution", alert.equals("01"));
    add(flags, "warning", alert.equals("02"));
    add(flags, "risk", alert.equals("03"));
    // 1 is only the notice that it may come.
    byte overheat = at(b, tail, layout.overheat());
    add(flags, "overheat", overheat == '2' || overheat == '3');
    add(flags, "ex_rights", set(b, tail + layout.exRights()) || set(b, tail + layout.parChange()));
    LocalDate listed = KisMoments.date(text(b, tail + layout.listed(), tail + layout.listed() + 8));
    add(flags, "new_listing", today.equals(listed));
    add(flags, "attention", at(b, tail, layout.attention()) == 'Y');
    return flags;
  }

  private static void add(List<String> flags, String flag, boolean holds) {
    if (holds) {
      flags.add(flag);
    }
  }

  /** The byte of a field, or a blank where the board has no such field. */
  private static byte at(byte[] b, int tail, int offset) {
    return offset < 0 ? (byte) ' ' : b[tail + offset];
  }

  /** A code of two digits that is neither 00 nor blank. */
  private static boolean set(byte[] b, int from) {
    String code = text(b, from, from + 2);
    return !code.isEmpty() && !code.equals("00") && !code.equals("0");
  }

  /** Zero-padded or blank-padded, which is uncertain; all blank is missing (KIS sheet 5.1). */
  private static @Nullable BigDecimal number(byte[] b, int from, int length) {
    return Digits.decimal(b, from, from + length);
  }

  private static boolean yesOrNo(byte flag) {
    return flag == 'Y' || flag == 'N' || flag == ' ';
  }

  private static boolean capitals(String group) {
    return group.length() == 2 && group.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static String text(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.ISO_8859_1).strip();
  }

  private static String sample(byte[] b, int from, int to) {
    return new String(b, from, Math.min(to - from, 256), CP949);
  }
}
