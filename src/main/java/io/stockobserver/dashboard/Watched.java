package io.stockobserver.dashboard;

import io.stockobserver.recorder.RecorderState;
import io.stockobserver.recorder.SlotState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A venue that is observed, as far as it is looked at. Asked by one thread, once a second. */
public interface Watched {
  /** How its recorder stands. */
  RecorderState recorder();

  /** Who sits in its slots. */
  List<SlotState> slots();

  /** Why it refused us for good; null when it did not. */
  @Nullable String refusal();

  /** What a person should know of it; empty for nothing. */
  String greeting();
}
