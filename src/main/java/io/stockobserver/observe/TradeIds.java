package io.stockobserver.observe;

import org.jspecify.annotations.Nullable;

/**
 * The last trades of one instrument, by their names. Most come in the order of their names, and one
 * behind the last of all need not be looked for. Not thread-safe.
 */
final class TradeIds {
  /** A venue repeats its last trades, not those of minutes ago. */
  private static final int REMEMBERED = 256;

  /** Of as many as there are instruments, few are told trade by trade. */
  private @Nullable String[] ids = {};

  private int next;

  /** None that was ever added stands behind it. */
  private @Nullable String last;

  boolean contains(String id) {
    if (isBehindAll(id)) {
      return false;
    }
    for (String one : ids) {
      if (id.equals(one)) {
        return true;
      }
    }
    return false;
  }

  /** Adds one that is not among them; the oldest makes room for it. */
  void add(String id) {
    if (isBehindAll(id)) {
      last = id;
    }
    if (ids.length == 0) {
      ids = new String[REMEMBERED];
    }
    ids[next] = id;
    next = (next + 1) % REMEMBERED;
  }

  /** By length, then letter by letter: numbers in their order. */
  private boolean isBehindAll(String id) {
    String before = last;
    if (before == null) {
      return true;
    }
    int longer = id.length() - before.length();
    return longer > 0 || (longer == 0 && id.compareTo(before) > 0);
  }
}
