package io.stockobserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.audit.Shelf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the observer that writes an archive freeze a day of it, and tells what came of it. */
final class PackageByObserver {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ControlClient observer;
  private final Path root;
  private final boolean json;

  PackageByObserver(ControlClient observer, Path root, boolean json) {
    this.observer = observer;
    this.root = root;
    this.json = json;
  }

  /**
   * Asks for each provider's; the exit code.
   *
   * @param named the day; null for the newest, which is today's
   * @param providers none for all that have something of the day
   */
  int make(@Nullable LocalDate named, List<String> providers) throws IOException {
    List<Shelf> shelves =
        Shelf.in(root).stream()
            .filter(shelf -> providers.isEmpty() || providers.contains(shelf.provider()))
            .toList();
    LocalDate day = named != null ? named : Shelf.newestDay(root, shelves).orElse(null);
    int exit = ObserverCommand.DONE;
    ArrayNode all = JSON.createArrayNode();
    for (Shelf shelf : shelves) {
      if (day != null && (!providers.isEmpty() || shelf.has(root, day))) {
        String date = DateTimeFormatter.BASIC_ISO_DATE.format(day);
        JsonNode told = observer.post("/api/package/" + shelf.provider() + "/" + date);
        ObjectNode one = all.addObject().put("provider", shelf.provider());
        one.setAll((ObjectNode) told);
        exit = Math.max(exit, tell(told));
      }
    }
    if (all.isEmpty()) {
      throw new ArchiveException(root + " has nothing of that day to package");
    }
    if (json) {
      System.out.println(JSON.writeValueAsString(JSON.createObjectNode().set("packages", all)));
    }
    return exit;
  }

  private int tell(JsonNode told) {
    if (told.has("reason")) {
      System.err.println("observer: " + told.path("detail").asText());
      return switch (told.path("reason").asText()) {
        case "damaged" -> ObserverCommand.NO;
        case "key" -> ObserverCommand.BAD_INPUT;
        case "forgotten" -> ObserverCommand.DONE;
        default -> ObserverCommand.UNUSABLE;
      };
    }
    if (!json) {
      System.out.println(
          "%s: %s files, %s as %s, %s%s (by the observer that runs)"
              .formatted(
                  told.path("package").asText(),
                  Words.count(told.path("files").asLong()),
                  Words.bytes(told.path("bytes").asLong()),
                  Words.bytes(told.path("stored_bytes").asLong()),
                  told.path("complete").asBoolean() ? "complete" : "not complete",
                  told.path("made").asBoolean() ? "" : ", nothing has changed since"));
    }
    return ObserverCommand.DONE;
  }
}
