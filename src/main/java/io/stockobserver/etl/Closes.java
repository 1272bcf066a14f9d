package io.stockobserver.etl;

import io.stockobserver.archive.Sha256;
import io.stockobserver.universe.Universe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The last closes that a universe's file tells. */
final class Closes {
  private Closes() {}

  /**
   * By symbol, as the tables have them.
   *
   * @throws Refusal when it is not the file that the manifest vouches for, or a close is no price
   */
  static Map<String, String> read(Path root, Source source) throws IOException, Refusal {
    Path file = root.resolve(source.path());
    if (!Files.exists(file)) {
      throw new Refusal(0, "the manifest lists it and it is not there");
    }
    byte[] content = Files.readAllBytes(file);
    if (!Sha256.of(content).equals(source.sha256())) {
      throw new Refusal(0, "its content is not what the manifest vouches for");
    }
    Map<String, String> closes = new TreeMap<>();
    for (Universe.Member member : Universe.parse(content).symbols()) {
      if (member.prevClose() != null) {
        try {
          closes.put(member.symbol(), Numeral.of(member.prevClose().toString(), Numeral.PRICE));
        } catch (NumberFormatException e) {
          throw new Refusal(0, member.symbol() + ": prev_close: " + e.getMessage());
        }
      }
    }
    return closes;
  }
}
