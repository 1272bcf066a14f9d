package io.stockobserver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a file is packed, by what it begins with and by what it is called. */
enum Packing {
  PLAIN("text", ""),
  ZSTD("zstd", ".zst"),
  GZIP("gzip", ".gz"),
  ZIP("zip", ".zip");

  final String word;
  final String ending;

  Packing(String word, String ending) {
    this.word = word;
    this.ending = ending;
  }

  /** What the first bytes tell. */
  static Packing of(Path file) throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(4);
    }
    int mark = 0;
    for (int i = first.length - 1; i >= 0; i--) {
      mark = mark << 8 | first[i] & 0xFF;
    }
    if (mark == 0xFD2FB528 || (mark & ~0xF) == 0x184D2A50 && first.length == 4) {
      return ZSTD;
    }
    if ((mark & 0xFFFF) == 0x8B1F) {
      return GZIP;
    }
    return mark == 0x04034b50 || mark == 0x06054b50 ? ZIP : PLAIN;
  }

  /** What the name tells; empty for a name that tells nothing. */
  static Optional<Packing> named(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    for (Packing packing : values()) {
      if (packing != PLAIN && name.endsWith(packing.ending)) {
        return Optional.of(packing);
      }
    }
    boolean text = name.endsWith(".jsonl") || name.endsWith(".json");
    return text ? Optional.of(PLAIN) : Optional.empty();
  }

  /** The name of what is packed. */
  String inside(Path file) {
    String name = file.getFileName().toString();
    return !ending.isEmpty() && name.toLowerCase(Locale.ROOT).endsWith(ending)
        ? name.substring(0, name.length() - ending.length())
        : name;
  }

  /** Opens a file that is packed so. */
  Content open(InputStream source) {
    return switch (this) {
      case PLAIN -> new PlainContent(source);
      case ZSTD -> new ZstdContent(source);
      case GZIP -> new GzipContent(source);
      case ZIP -> new ZipContent(source);
    };
  }
}
