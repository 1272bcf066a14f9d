package io.stockobserver.backup.pulling;

import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which server a provider's day in this backup is from: two servers that observed the same would
 * overwrite each other's files. Thread-safe.
 */
final class Claims {
  private final Map<String, ServerBook> books = new HashMap<>();
  private final Map<String, String> now = new HashMap<>();

  /** As all books in the tree have it. */
  static Claims read(BackupTree tree) throws PullException {
    Claims claims = new Claims();
    try {
      for (Path file : tree.disk().list(tree.at("servers"))) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".json")) {
          claims.book(tree, name.substring(0, name.length() - ".json".length()));
        }
      }
      return claims;
    } catch (PullException known) {
      throw known;
    } catch (IOException unreadable) {
      throw PullException.target(tree.at("servers"), unreadable);
    }
  }

  /** A server's book. */
  synchronized ServerBook book(BackupTree tree, String server) throws PullException {
    ServerBook known = books.get(server);
    if (known == null) {
      known = ServerBook.read(tree, server);
      books.put(server, known);
    }
    return known;
  }

  /** Who has this day; empty for nobody. */
  synchronized Optional<String> holder(PackageId id) {
    return books.entrySet().stream()
        .filter(entry -> entry.getValue().has(id))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Takes a day for a server.
   *
   * @throws PullException with {@code HELD_BY_ANOTHER}
   */
  synchronized void claim(PackageId id, String server, String key) throws PullException {
    for (Map.Entry<String, ServerBook> other : books.entrySet()) {
      boolean same = other.getValue().key().equals(Optional.of(key));
      boolean atOnce = server.equals(now.getOrDefault(ServerBook.day(id), server));
      if (!other.getKey().equals(server) && other.getValue().has(id) && !(same && atOnce)) {
        throw new PullException(
            Trouble.HELD_BY_ANOTHER,
            "%s of %s is refused: %s is here already, from %s; give one of them another backup.dir"
                .formatted(id, server, ServerBook.day(id), other.getKey()));
      }
    }
    now.put(ServerBook.day(id), server);
    ServerBook book = books.get(server);
    if (book != null) {
      book.claim(id);
    }
  }
}
