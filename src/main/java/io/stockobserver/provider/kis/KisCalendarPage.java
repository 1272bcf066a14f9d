package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Which page of the holiday calendar to ask for (KIS sheet 4.11): the values that the page before
 * gave.
 *
 * @param more whether there is such a page at all
 * @param areaNk CTX_AREA_NK, empty for the first page
 * @param areaFk CTX_AREA_FK, empty for the first page
 */
public record KisCalendarPage(boolean more, String areaNk, String areaFk) {
  /** The page to begin with. */
  public static final KisCalendarPage FIRST = new KisCalendarPage(true, "", "");

  /** After the last page. */
  public static final KisCalendarPage NONE = new KisCalendarPage(false, "", "");

  /**
   * The page after the one whose answer this is.
   *
   * @param trCont the answer's header {@code tr_cont}: F or M say that more follows
   */
  public static KisCalendarPage next(byte[] body, @Nullable String trCont) {
    String word = trCont == null ? "" : trCont.strip();
    if (!word.equals("F") && !word.equals("M")) {
      return NONE;
    }
    JsonNode root = KisJson.object(body);
    if (root == null) {
      return NONE;
    }
    // As it came, padding included: it is KIS's, not ours to tidy.
    KisCalendarPage next =
        new KisCalendarPage(
            true, root.path("ctx_area_nk").asText(""), root.path("ctx_area_fk").asText(""));
    // Without a context the next call would be the first page again, for ever.
    return next.first() ? NONE : next;
  }

  boolean first() {
    return areaNk.isBlank() && areaFk.isBlank();
  }
}
