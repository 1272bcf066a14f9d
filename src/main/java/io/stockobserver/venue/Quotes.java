package io.stockobserver.venue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one venue is asked for the quotes of many instruments. */
public interface Quotes {
  /** What an answer comes to. */
  enum Verdict {
    DONE,
    /** The same call may succeed a little later. */
    AGAIN,
    /** One instrument spoils it for the others: each half may succeed. */
    SPLIT,
    /** It would be refused again. */
    FAILED
  }

  /** How many instruments one call takes. */
  int symbolsPerCall();

  /** Why no call can be made now, such as {@code no-token}; empty when it can. */
  String waitingFor();

  /** The call for these instruments, at most {@link #symbolsPerCall()}. */
  Call call(List<String> symbols);

  /**
   * A call for the same instruments that goes before it, such as for their books; null for none.
   */
  default @Nullable Call callBefore(List<String> symbols) {
    return null;
  }

  /** Calls that tell which instruments stand out, where the venue has such; empty where not. */
  default List<Call> rankings() {
    return List.of();
  }

  /** Judges an answer, and takes note of what it says about keys. */
  Verdict judge(Answer answer);
}
