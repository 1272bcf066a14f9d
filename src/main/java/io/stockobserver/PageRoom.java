package io.stockobserver;

import io.stockobserver.dashboard.Dashboard;
import io.stockobserver.dashboard.Watched;
import io.stockobserver.market.MarketClock;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.recorder.SlotState;
import io.stockobserver.route.http.Page;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page shows of these rooms. Thread-safe. */
final class PageRoom implements Page {
  private final Dashboard dashboard;

  private PageRoom(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  static PageRoom over(Rooms rooms, Path root, MarketClock clock) {
    List<Watched> all = rooms.all().stream().map(room -> (Watched) new Seen(rooms, room)).toList();
    return new PageRoom(new Dashboard(all, root, clock, System::nanoTime));
  }

  private record Seen(Rooms rooms, Room room) implements Watched {
    @Override
    public RecorderState recorder() {
      return room.recorder().state();
    }

    @Override
    public List<SlotState> slots() {
      return room.recorder().slots();
    }

    @Override
    public @Nullable String refusal() {
      return rooms.refusal(room.provider());
    }

    @Override
    public String greeting() {
      return room.greeting(room.recorder().universe().size());
    }
  }

  @Override
  public byte[] next() {
    return dashboard.next();
  }

  @Override
  public byte[] first() {
    return dashboard.first();
  }

  @Override
  public byte[] state() {
    return dashboard.state();
  }

  @Override
  public byte @Nullable [] day(String provider) {
    return dashboard.day(provider);
  }
}
