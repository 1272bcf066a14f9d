package io.stockobserver.backup.pulling;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a stream whose reader waits only so long: the client's own stream waits for
 * ever. At most a few buffers are held. Read by one thread.
 */
final class BodyQueue extends InputStream implements BodySubscriber<InputStream> {
  private static final int AHEAD = 16;

  private final long stallMillis;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile @Nullable Subscription subscription;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private List<ByteBuffer> more = List.of();
  private int next;
  private boolean ended;

  /** Buffers; or the end, with what broke it. */
  private record Piece(List<ByteBuffer> buffers, @Nullable Throwable broken, boolean last) {}

  BodyQueue(Duration stall) {
    this.stallMillis = stall.toMillis();
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(AHEAD);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    pieces.add(new Piece(item, null, false));
  }

  @Override
  public void onError(Throwable broken) {
    pieces.add(new Piece(List.of(), broken, true));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), null, true));
  }

  private boolean fill() throws IOException {
    while (!current.hasRemaining()) {
      if (next < more.size()) {
        current = more.get(next++);
      } else if (ended) {
        return false;
      } else {
        take();
      }
    }
    return true;
  }

  private void take() throws IOException {
    Piece piece;
    try {
      piece = pieces.poll(stallMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PullException(Trouble.UNREACHABLE, "interrupted", e);
    }
    if (piece == null) {
      throw new PullException(
          Trouble.STALLED,
          "nothing came for " + stallMillis / 1000.0 + " s in the middle of a file");
    }
    if (piece.broken() != null) {
      throw new IOException(String.valueOf(piece.broken().getMessage()), piece.broken());
    }
    ended = piece.last();
    more = piece.buffers();
    next = 0;
    if (!ended) {
      Subscription open = subscription;
      if (open != null) {
        open.request(1);
      }
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? current.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, current.remaining());
    current.get(into, offset, n);
    return n;
  }

  /** Wants no more of it. */
  @Override
  public void close() {
    Subscription open = subscription;
    if (!ended && open != null) {
      open.cancel();
    }
  }
}
