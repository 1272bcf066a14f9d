package io.stockobserver.observe;

import java.util.function.BiConsumer;

/** What a venue says beyond the common fields: its own names, its own digits. Read when wanted. */
public interface Specifics {
  /** A venue that says nothing more. */
  Specifics NONE = visitor -> {};

  /** Hands every field that is not empty to {@code visitor}, in the venue's order. */
  void forEach(BiConsumer<String, String> visitor);
}
