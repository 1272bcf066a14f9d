package io.stockobserver.archive;

import java.io.IOException;
import java.util.Optional;

/**
 * Looks, while a file of frames is read, for a place where another one was put behind it. Our
 * frames take lines until 4 MiB of them are full: one that ends sooner is the last of its file
 * (docs/archive-format.md §3).
 */
final class Joined implements Content {
  private static final int FRAME = 4 << 20;

  private final Content content;
  private final boolean frames;
  private long before;
  private long end;
  private long joint = -1;
  private String what = "";

  Joined(Content content, boolean frames) {
    this.content = content;
    this.frames = frames;
  }

  /** Where in the file as it is stored something else begins; -1 for nowhere. */
  long joint() {
    return joint;
  }

  String what() {
    return what;
  }

  @Override
  public Optional<Piece> next() throws IOException {
    Optional<Piece> piece = content.next();
    if (!frames || piece.isEmpty() || joint >= 0) {
      return piece;
    }
    Piece next = piece.get();
    if (next.broken() == null && next.size() == 0) {
      joint = end;
      what = "a zstd frame that holds nothing";
    } else if (before > 0 && next.size() > 0 && before + firstLine(next) <= FRAME) {
      joint = end;
      what = "another file stands behind the one that ends here";
    }
    before = next.size();
    end = content.at();
    return piece;
  }

  private static int firstLine(Piece piece) {
    for (int i = 0; i < piece.size(); i++) {
      if (piece.bytes()[i] == '\n') {
        return i + 1;
      }
    }
    return piece.size();
  }

  @Override
  public long at() {
    return content.at();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
