package io.stockobserver.provider.kis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A listing board, its master file and where that file's fields stand. Offsets are bytes from the
 * start of the tail, which is the end of every record (KIS sheet 5.2).
 */
public enum KisBoard {
  KOSPI(227),
  KOSDAQ(221),
  KONEX(184);

  /** Short code 9, standard code 12, name 40 bytes. */
  static final int HEAD = 61;

  private final int tail;

  KisBoard(int tail) {
    this.tail = tail;
  }

  /** {@code kospi}, {@code kosdaq} or {@code konex}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one member of its archive. */
  public String member() {
    return word() + "_code.mst";
  }

  /** The path of its archive on the download host. */
  public String path() {
    return "/" + member() + ".zip";
  }

  /** The board that a path or member name ends with, whatever stands before it. */
  static @Nullable KisBoard named(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    for (KisBoard board : values()) {
      if (lower.endsWith(board.member()) || lower.endsWith(board.member() + ".zip")) {
        return board;
      }
    }
    return null;
  }

  /** Bytes of the tail. */
  int tail() {
    return tail;
  }

  /** Bytes of a whole record without its line end. */
  int record() {
    return HEAD + tail;
  }

  Layout layout() {
    return switch (this) {
      case KOSPI -> Layout.KOSPI;
      case KOSDAQ -> Layout.KOSDAQ;
      case KONEX -> Layout.KONEX;
    };
  }

  /**
   * Where the fields that we read begin; -1 where the board has no such field.
   *
   * @param basePrice 9 bytes
   * @param halted 1 byte; liquidation, administrative and the 2 bytes of the market alert follow
   * @param exRights 2 bytes; 2 bytes of the change of par value follow
   * @param prevVolume 12 bytes
   * @param listed 8 bytes, YYYYMMDD
   */
  record Layout(
      int spac,
      int overheat,
      int attention,
      int basePrice,
      int halted,
      int exRights,
      int prevVolume,
      int listed,
      int preferred) {
    private static final Layout KOSPI = new Layout(29, 32, -1, 41, 60, 68, 81, 105, 158);
    private static final Layout KOSDAQ = new Layout(24, 27, 30, 36, 55, 63, 76, 100, 153);
    private static final Layout KONEX = new Layout(-1, -1, -1, 2, 21, 29, 42, 66, 119);

    int liquidation() {
      return halted + 1;
    }

    int administrative() {
      return halted + 2;
    }

    int alert() {
      return halted + 3;
    }

    int parChange() {
      return exRights + 2;
    }
  }
}
