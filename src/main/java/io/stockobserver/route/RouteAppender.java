package io.stockobserver.route;

import io.stockobserver.archive.Appender;
import io.stockobserver.archive.Batch;
import io.stockobserver.archive.Lane;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Sends every batch of lines through the route of its lane, {@code archive-<lane>}, where its file
 * endpoint stands. Blocks until the route is through. A stopped route is a failed append: the
 * archive keeps the batch and tries again.
 */
public final class RouteAppender implements Appender {
  /** The header that names the file, below the archive's root. */
  public static final String SEGMENT = "segment";

  private final CamelContext context;
  private final ReadWriteLock gate = new ReentrantReadWriteLock(true);
  private volatile @Nullable ProducerTemplate template;

  public RouteAppender(CamelContext context) {
    this.context = context;
  }

  /** Does something during which no batch is on its way, and whoever brings one waits. */
  <T> T between(Callable<T> change) throws Exception {
    gate.writeLock().lock();
    try {
      return change.call();
    } finally {
      gate.writeLock().unlock();
    }
  }

  @Override
  public void append(Batch batch) throws IOException {
    gate.readLock().lock();
    try {
      send(batch);
    } finally {
      gate.readLock().unlock();
    }
  }

  private void send(Batch batch) throws IOException {
    Exchange sent =
        template()
            .send(
                // A stopped route is told at once; whoever waits, waits in the recorder.
                "direct:" + route(batch.lane()) + "?block=false",
                ExchangePattern.InOnly,
                exchange -> {
                  exchange.getMessage().setBody(batch.bytes());
                  exchange.getMessage().setHeader(SEGMENT, batch.path());
                });
    Exception failure = sent.getException();
    if (failure != null) {
      throw new IOException(batch.path() + ": " + reason(failure), failure);
    }
  }

  /** The route of a lane's lines, and the direct: name at which it listens. */
  static String route(Lane lane) {
    return "archive-" + lane.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private ProducerTemplate template() {
    ProducerTemplate ready = template;
    if (ready == null) {
      ready = context.createProducerTemplate();
      template = ready;
    }
    return ready;
  }
}
