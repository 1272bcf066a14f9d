package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedState;
import io.stockobserver.venue.FeedState.Phase;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Up while the feed's socket is open; Camel's health registry asks it for each feed consumer. */
final class FeedHealthCheck extends AbstractHealthCheck {
  private final FeedConsumer feed;

  FeedHealthCheck(FeedConsumer feed) {
    super("camel", "feed");
    this.feed = feed;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    FeedState state = feed.state();
    boolean open = state.phase() == Phase.OPEN || state.phase() == Phase.PAUSED;
    builder.state(open ? State.UP : State.DOWN);
    builder.detail("feed", state.feed()).detail("phase", state.phase().name());
  }
}
