package io.stockobserver.access;

import java.time.Duration;

/** What became of somebody's credentials. */
public sealed interface Login {
  /** They are an account's. */
  record In(String account) implements Login {}

  /** There were none, or they are nobody's. */
  record Refused() implements Login {}

  /** They were not even looked at: too many were wrong. */
  record Later(Duration left) implements Login {}

  /** They have to be looked at, which takes a while. */
  record Unknown() implements Login {}
}
