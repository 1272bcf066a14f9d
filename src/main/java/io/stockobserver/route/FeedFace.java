package io.stockobserver.route;

import io.stockobserver.recorder.Recorder;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.venue.FeedState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows one provider's feed over JMX. Thread-safe. */
public final class FeedFace implements FeedFaceMXBean {
  private final Recorder recorder;
  private final Supplier<List<FeedState>> feeds;

  private FeedFace(Recorder recorder, Supplier<List<FeedState>> feeds) {
    this.recorder = recorder;
    this.feeds = feeds;
  }

  /**
   * Shows it as {@code io.stockobserver:type=Feed,provider=…} until it is closed.
   *
   * @param feeds how all feeds of this process are
   */
  public static Shown show(Recorder recorder, Supplier<List<FeedState>> feeds) {
    return Shown.as(
        "io.stockobserver:type=Feed,provider=" + recorder.state().provider(),
        FeedFaceMXBean.class,
        new FeedFace(recorder, feeds));
  }

  private <T> T of(Function<FeedState, T> what, T none) {
    Optional<FeedState> own =
        feeds.get().stream()
            .filter(feed -> recorder.settings().streams().contains(feed.feed()))
            .findFirst();
    return own.map(what).orElse(none);
  }

  @Override
  public String getPhase() {
    return of(feed -> feed.phase().name().toLowerCase(Locale.ROOT), "closed");
  }

  @Override
  public String getHost() {
    return of(FeedState::host, "");
  }

  @Override
  public long getConnection() {
    return of(FeedState::connection, 0L);
  }

  @Override
  public @Nullable Double getLastMessageAgeSeconds() {
    return of(feed -> feed.lastMessageAge(), Optional.<java.time.Duration>empty())
        .map(age -> age.toMillis() / 1000.0)
        .orElse(null);
  }

  @Override
  public int getQueuedMessages() {
    return of(FeedState::queued, 0);
  }

  @Override
  public long getMessages() {
    return of(FeedState::messages, 0L);
  }

  @Override
  public long getShedMessages() {
    return of(FeedState::shed, 0L);
  }

  @Override
  public long getReconnects() {
    return of(FeedState::reconnects, 0L);
  }

  @Override
  public double getToTapeMillis() {
    return recorder.state().toTapeP99().toNanos() / 1e6;
  }

  @Override
  public @Nullable String getTrouble() {
    RecorderState.Trouble trouble = recorder.state().trouble();
    return trouble == null ? null : trouble.at() + " " + trouble.text();
  }
}
