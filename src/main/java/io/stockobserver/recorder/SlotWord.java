package io.stockobserver.recorder;

/** What an operator may say of one symbol's place. */
public enum SlotWord {
  PIN,
  RELEASE,
  EXCLUDE
}
