package io.stockobserver;

import io.stockobserver.archive.OpenFile;
import io.stockobserver.recorder.RecorderState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one venue stands at one moment, for people.
 *
 * @param openFiles those being written
 * @param greeting what a person should know of the venue at the start; empty for nothing
 * @param refusal why the venue refused us for good; null when it did not
 */
public record VenueState(
    RecorderState recorder, List<OpenFile> openFiles, String greeting, @Nullable String refusal) {
  public VenueState {
    openFiles = List.copyOf(openFiles);
  }

  /** Such as {@code kis}. */
  public String provider() {
    return recorder.provider();
  }
}
