package io.stockobserver.trigger;

/** One reason to look closer. Pure: a function of the picture of one symbol. */
interface Trigger {
  /** Which scores are its own. */
  Band band();

  /** The measured value in thresholds: it fires from 1. NaN where nothing can be said. */
  double excess(Picture picture);
}
