package io.stockobserver.audit;

import java.util.ArrayList;
import java.util.List;

/** One symbol's seconds, column by column: minutes of the fast track, sweeps of the slow one. */
public final class Row {
  private static final int KINDS = 4;
  private final int[] seconds;

  Row(int columns) {
    seconds = new int[columns * KINDS];
  }

  void add(int column, State state, int n) {
    if (state != State.NOT_DUE) {
      seconds[column * KINDS] += n;
      seconds[column * KINDS + offset(state)] += n;
    }
  }

  private static int offset(State state) {
    return switch (state) {
      case NOT_DUE -> 0;
      case RECORDED -> 1;
      case EXPLAINED -> 2;
      case UNEXPLAINED -> 3;
    };
  }

  /** How many columns there are. */
  public int size() {
    return seconds.length / KINDS;
  }

  /** The seconds of one column. */
  public Tally cell(int column) {
    int at = column * KINDS;
    return new Tally(seconds[at], seconds[at + 1], seconds[at + 2], seconds[at + 3]);
  }

  /** All of them. */
  public Tally sum() {
    Tally sum = Tally.NOTHING;
    for (int i = 0; i < size(); i++) {
      sum = sum.plus(cell(i));
    }
    return sum;
  }

  /**
   * Columns in a row that are alike.
   *
   * @param from the first column
   * @param each what each of them has
   */
  public record Run(int from, int columns, Tally each) {}

  /** Everything of which something was due, as runs of like columns. */
  public List<Run> runs() {
    List<Run> all = new ArrayList<>();
    for (int i = 0; i < size(); ) {
      Tally each = cell(i);
      int j = i + 1;
      while (j < size() && cell(j).equals(each)) {
        j++;
      }
      if (each.expected() > 0) {
        all.add(new Run(i, j - i, each));
      }
      i = j;
    }
    return all;
  }
}
