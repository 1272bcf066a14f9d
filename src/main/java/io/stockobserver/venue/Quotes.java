package io.stockobserver.venue;

import java.util.List;

/** How one venue is asked for the quotes of many instruments. */
public interface Quotes {
  /** What an answer comes to. */
  enum Verdict {
    DONE,
    /** The same call may succeed a little later. */
    AGAIN,
    /** It would be refused again. */
    FAILED
  }

  /** How many instruments one call takes. */
  int symbolsPerCall();

  /** Why no call can be made now, such as {@code no-token}; empty when it can. */
  String waitingFor();

  /** The call for these instruments, at most {@link #symbolsPerCall()}. */
  Call call(List<String> symbols);

  /** Calls that tell which instruments stand out, where the venue has such; empty where not. */
  default List<Call> rankings() {
    return List.of();
  }

  /** Judges an answer, and takes note of what it says about keys. */
  Verdict judge(Answer answer);
}
