package io.stockobserver;

import io.stockobserver.route.http.Control;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What commands ask of the observer that has the archive. */
final class Commands implements Control {
  private final List<Room> rooms;

  Commands(List<Room> rooms) {
    this.rooms = rooms;
  }

  @Override
  public Map<String, Object> packageDay(String provider, LocalDate day) {
    Room room =
        rooms.stream()
            .filter(one -> one.provider().equals(provider))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(provider + " is not observed here"));
    throw new UnsupportedOperationException("no packages are made by " + room.provider());
  }

  @Override
  public Map<String, Object> retention(boolean dryRun) {
    throw new UnsupportedOperationException("nothing is forgotten here");
  }
}
