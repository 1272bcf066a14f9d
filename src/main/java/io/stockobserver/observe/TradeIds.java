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

  /** Of each of them: a search goes over these, and they lie side by side. */
  private int[] hashes = {};

  private int next;

  /** None that was ever added stands behind it. */
  private @Nullable String last;

  boolean contains(String id) {
    if (isBehindAll(id)) {
      return false;
    }
    int hash = id.hashCode();
    for (int i = 0; i < hashes.length; i++) {
      if (hashes[i] == hash && id.equals(ids[i])) {
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
      hashes = new int[REMEMBERED];
    }
    ids[next] = id;
    hashes[next] = id.hashCode();
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
