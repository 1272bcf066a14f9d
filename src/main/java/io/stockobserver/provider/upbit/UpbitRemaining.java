package io.stockobserver.provider.upbit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Remaining-Req} says, {@code group=ticker; min=600; sec=9} (Upbit sheet 2.8). Its
 * minute means nothing any more.
 *
 * @param group which limit it speaks of
 * @param inThisSecond calls that are left in the venue's current second
 */
record UpbitRemaining(String group, int inThisSecond) {
  private static final Pattern GROUP = Pattern.compile("\\bgroup\\s*=\\s*([\\w-]{1,40})");
  private static final Pattern SECOND = Pattern.compile("\\bsec\\s*=\\s*(\\d{1,6})");

  /** Null where it is not there or says something else. */
  static @Nullable UpbitRemaining of(String header) {
    Matcher group = GROUP.matcher(header);
    Matcher second = SECOND.matcher(header);
    return group.find() && second.find()
        ? new UpbitRemaining(group.group(1), Integer.parseInt(second.group(1)))
        : null;
  }
}
