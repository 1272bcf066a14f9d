package io.stockobserver.audit;

/** What became of a second, or of a part of it. The worst of its parts makes the whole. */
public enum State {
  NOT_DUE,
  RECORDED,
  EXPLAINED,
  UNEXPLAINED;

  State worst(State other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
