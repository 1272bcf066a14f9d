package io.stockobserver.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which file a line goes to, by the instant that comes with it, and which files have ended
 * (docs/archive-format.md §3). Guarded by the archive's lock.
 */
final class Rotation {
  /** Around midnight a clock may be set back without another day's segment for it. */
  private static final Duration FAR = Duration.ofHours(1);

  private final Places places;

  /** Whether a name was ever used, by a file of ours on disk or in a manifest. */
  private final Predicate<String> taken;

  private final Map<String, WritingFile> files = new LinkedHashMap<>();
  private final Map<Lane, WritingFile> current = new EnumMap<>(Lane.class);
  private final Map<Lane, Instant> notBefore = new EnumMap<>(Lane.class);
  private final Map<Lane, Duration> every = new EnumMap<>(Lane.class);

  Rotation(Places places, Predicate<String> taken, Duration tapeEvery, Duration scalpEvery) {
    this.places = places;
    this.taken = taken;
    every.put(Lane.TAPE, tapeEvery);
    every.put(Lane.SCALP, scalpEvery);
  }

  /** A file that an earlier process left unsealed. */
  void add(WritingFile file) {
    files.put(file.path(), file);
  }

  /** Everything not sealed yet, in the order of creation. */
  List<WritingFile> files() {
    return new ArrayList<>(files.values());
  }

  @Nullable WritingFile file(String path) {
    return files.get(path);
  }

  void forget(WritingFile file) {
    files.remove(file.path());
  }

  /** The file for a line of this instant. */
  WritingFile fileFor(Lane lane, Instant at) {
    WritingFile running = current.get(lane);
    if (lane.naming() == Lane.Naming.SECOND) {
      // Before its start too: a clock that steps back stays in the running segment.
      if (running != null
          && !running.closed
          && at.isBefore(running.end)
          && !isAnotherDay(at, running.place.start())) {
        return running;
      }
      return start(lane, nextSecond(lane, at, running));
    }
    if (running != null
        && !running.closed
        && at.isBefore(running.end)
        && !at.isBefore(running.place.start())) {
      return running;
    }
    return start(lane, lane.naming() == Lane.Naming.HOUR ? hour(lane, at) : day(lane, at));
  }

  private WritingFile start(Lane lane, Places.Place place) {
    WritingFile file = files.computeIfAbsent(place.path(), unseen -> new WritingFile(place));
    current.put(lane, file);
    return file;
  }

  private Places.Place nextSecond(Lane lane, Instant at, @Nullable WritingFile running) {
    if (running != null && !running.closed) {
      close(running);
    }
    Instant last = notBefore.get(lane);
    if (last != null && isAnotherDay(at, last)) {
      notBefore.remove(lane);
    }
    Duration grid = every.getOrDefault(lane, Duration.ofDays(1));
    Instant floor = notBefore.getOrDefault(lane, Instant.MIN);
    Instant from = at.isBefore(floor) ? floor : at;
    Instant start =
        notBefore.containsKey(lane)
            ? places.gridStart(from, grid)
            : from.truncatedTo(ChronoUnit.SECONDS);
    // A segment cut short on a finer grid ends between two instants of a coarser one.
    start = start.isBefore(floor) ? floor : start;
    Instant end = places.gridEnd(from, grid);
    int seconds = 0;
    while (isTaken(places.second(lane, start, end, seconds).path()) && seconds < 86_400) {
      seconds++;
    }
    return places.second(lane, start, end, seconds);
  }

  /** A clock that was set back by far: the line belongs to the files of the day that it tells. */
  private boolean isAnotherDay(Instant at, Instant later) {
    return at.isBefore(later.minus(FAR)) && places.day(at).isBefore(places.day(later));
  }

  private Places.Place hour(Lane lane, Instant at) {
    Places.Place place = places.hour(lane, at);
    while (!isUsable(place.path())) {
      place = places.hour(lane, place.end());
    }
    return place;
  }

  private Places.Place day(Lane lane, Instant at) {
    LocalDate day = places.day(at);
    int nth = 1;
    while (!isUsable(places.day(lane, day, nth).path())) {
      nth++;
    }
    return places.day(lane, day, nth);
  }

  private boolean isUsable(String path) {
    WritingFile file = files.get(path);
    return file != null ? !file.closed : !taken.test(path);
  }

  private boolean isTaken(String path) {
    return files.containsKey(path) || taken.test(path);
  }

  /** How long the next scalp segments are; a running one ends at the new grid if that is sooner. */
  void every(Lane lane, Duration length) {
    every.put(lane, length);
    WritingFile running = current.get(lane);
    if (running != null && !running.closed) {
      Instant reached = running.newest().orElse(running.place.start());
      Instant from = reached.isBefore(running.place.start()) ? running.place.start() : reached;
      Instant end = places.gridEnd(from, length);
      running.end = end.isBefore(running.end) ? end : running.end;
    }
  }

  /** Closes what has ended by {@code now}. */
  List<WritingFile> close(Instant now) {
    List<WritingFile> ended = new ArrayList<>();
    for (WritingFile file : files.values()) {
      if (!file.closed && !now.isBefore(file.end)) {
        close(file);
        ended.add(file);
      }
    }
    return ended;
  }

  /** Closes the segments named by a second, whether or not they have ended: a clean exit. */
  void closeSegments() {
    for (WritingFile file : files.values()) {
      if (!file.closed && file.place.lane().naming() == Lane.Naming.SECOND) {
        close(file);
      }
    }
  }

  /** Closes what is open of these days: nothing will be continued there. */
  void closeDays(Predicate<LocalDate> over) {
    for (WritingFile file : files.values()) {
      if (!file.closed && over.test(file.place.day())) {
        close(file);
      }
    }
  }

  private void close(WritingFile file) {
    file.closed = true;
    Lane lane = file.place.lane();
    if (lane.naming() == Lane.Naming.SECOND) {
      notBefore.merge(lane, file.end, (a, b) -> a.isAfter(b) ? a : b);
    }
    current.remove(lane, file);
  }
}
