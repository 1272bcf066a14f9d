package io.stockobserver.recorder;

/** A track, as gap markers have its scope. */
public enum TrackWord {
  SCALP,
  SWING
}
