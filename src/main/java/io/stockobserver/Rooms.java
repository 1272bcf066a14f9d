package io.stockobserver;

import io.stockobserver.archive.ArchiveException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms whose sessions have begun, from the first word to the last. Thread-safe. */
final class Rooms {
  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

  private final List<Room> all = new CopyOnWriteArrayList<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();

  /** To be called before a session's first word: from then on it has to be ended. */
  void add(Room room) {
    all.add(room);
  }

  List<Room> all() {
    return all;
  }

  /** The venue refuses us for good; the others go on. Its first word counts. */
  void refuse(String provider, String why) {
    if (refusals.putIfAbsent(provider, why) == null) {
      LOG.error("{} is not observed any more: {}", provider, why);
    }
  }

  /** Why a venue refused us for good; null when it did not. */
  @Nullable String refusal(String provider) {
    return refusals.get(provider);
  }

  int refused() {
    return refusals.size();
  }

  /** How each stands, or stood when it ended. */
  List<VenueState> states() {
    return all.stream().map(this::state).toList();
  }

  private VenueState state(Room room) {
    return new VenueState(
        room.recorder().state(),
        room.archive().open(),
        room.greeting(room.recorder().universe().size()),
        refusals.get(room.provider()));
  }

  /** Says that the end is near, while the routes still run: nothing long is begun any more. */
  void stopping(String reason) {
    for (Room room : all) {
      room.closing();
      room.recorder().closing();
    }
    all.forEach(room -> room.recorder().session().stopping(reason));
  }

  /** The last word of each session, when the routes are gone. */
  void stop(String reason) {
    all.forEach(room -> room.recorder().session().stop(reason));
  }

  /**
   * Seals what is left and closes each part of the archive.
   *
   * @throws ArchiveException the first, once all have been tried
   */
  void close() {
    @Nullable ArchiveException first = null;
    for (Room room : all) {
      try {
        room.archive().close();
      } catch (ArchiveException e) {
        LOG.error("{} is not closed well", room.provider(), e);
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
