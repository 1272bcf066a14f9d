package io.stockobserver.retention;

import io.stockobserver.evidence.Event;
import java.io.IOException;

/**
 * Where retention tells what it does. Deletion follows an event, so an event must be on the disk,
 * forced, when this returns.
 */
@FunctionalInterface
public interface DurableEvents {
  /**
   * Writes an event of today.
   *
   * @throws IOException when it is not safe on the disk
   */
  void write(Event event) throws IOException;
}
