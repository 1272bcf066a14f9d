package io.stockobserver.archive;

import java.util.Locale;

/** What kind of lines a file holds; knows its folder and how its files are named. */
public enum Lane {
  SWING("swing", Naming.HOUR, true),
  SCALP("scalp", Naming.SECOND, true),
  TAPE("tape", Naming.SECOND, true),
  EVENTS("system/events", Naming.DAY, false),
  OVERFLOW("system/overflow", Naming.DAY, false),
  SET_ASIDE("set_aside", Naming.DAY, true);

  /** What a file is named by; it also says when the file ends. */
  enum Naming {
    HOUR,
    SECOND,
    DAY
  }

  private final String folder;
  private final Naming naming;
  private final boolean byMarket;

  Lane(String folder, Naming naming, boolean byMarket) {
    this.folder = folder;
    this.naming = naming;
    this.byMarket = byMarket;
  }

  /** Its folder below the archive root, before provider and market. */
  public String folder() {
    return folder;
  }

  Naming naming() {
    return naming;
  }

  /** Whether a market has its own folder below the provider's. */
  boolean byMarket() {
    return byMarket;
  }

  /** The lane in lower case with a dash, as names of set-aside files carry it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
