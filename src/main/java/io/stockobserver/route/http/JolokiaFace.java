package io.stockobserver.route.http;

import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /jolokia} over HTTP, for the console and for scripts: POST only, but for its version. What
 * is asked is done as the account that asks, on two threads of its own; it decides nothing.
 */
public final class JolokiaFace {
  private static final Logger LOG = LoggerFactory.getLogger(JolokiaFace.class);
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 64;
  private static final Set<String> VERSION =
      Set.of("/jolokia", "/jolokia/", "/jolokia/version", "/jolokia/version/");

  private final HttpFront front;
  private final JolokiaDesk desk;
  private final BiConsumer<String, Runnable> as;
  private final WorkerExecutor workers;
  private final AtomicInteger waiting = new AtomicInteger();

  private JolokiaFace(HttpFront front, JolokiaDesk desk, BiConsumer<String, Runnable> as) {
    this.front = front;
    this.desk = desk;
    this.as = as;
    this.workers =
        front.vertx().createSharedWorkerExecutor("jolokia", THREADS, 10, TimeUnit.MINUTES);
  }

  /**
   * Begins to answer.
   *
   * @param as does something in the name of an account, in the calling thread
   */
  public static void mount(HttpFront front, JolokiaDesk desk, BiConsumer<String, Runnable> as) {
    JolokiaFace face = new JolokiaFace(front, desk, as);
    front.router().route("/jolokia*").handler(face::take);
    front.router().route("/hawtio/jolokia*").handler(face::take);
  }

  private void take(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method().equals(HttpMethod.POST)) {
      SmallBody.of(
          request,
          JolokiaDesk.LARGEST,
          body -> {
            if (body == null) {
              say(context, new JolokiaDesk.Said(413, JolokiaDesk.refused("too long").json()));
            } else {
              answer(context, () -> as(context, body));
            }
          });
    } else if (request.method().equals(HttpMethod.GET) && isVersion(context.normalizedPath())) {
      answer(context, desk::version);
    } else {
      // A GET that acts is a link that somebody else can lay out.
      say(context, new JolokiaDesk.Said(403, JolokiaDesk.refused("POST only").json()));
    }
  }

  private static boolean isVersion(String path) {
    return VERSION.contains(path.startsWith("/hawtio") ? path.substring("/hawtio".length()) : path);
  }

  private JolokiaDesk.Said as(RoutingContext context, byte[] body) {
    AtomicReference<JolokiaDesk.Said> said = new AtomicReference<>(JolokiaDesk.refused("nothing"));
    as.accept(Gatekeeper.account(context), () -> said.set(desk.post(body)));
    JolokiaDesk.Said told = said.get();
    return new JolokiaDesk.Said(told.status(), front.shown("/jolokia", told.json()));
  }

  private void answer(RoutingContext context, Callable<JolokiaDesk.Said> question) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      say(context, new JolokiaDesk.Said(503, JolokiaDesk.refused("too many at once").json()));
      return;
    }
    workers
        .executeBlocking(question, false)
        .onComplete(
            done -> {
              waiting.decrementAndGet();
              if (done.succeeded()) {
                say(context, done.result());
              } else {
                LOG.error("jolokia has failed", done.cause());
                say(context, new JolokiaDesk.Said(500, JolokiaDesk.refused("it failed").json()));
              }
            });
  }

  private static void say(RoutingContext context, JolokiaDesk.Said said) {
    if (!context.response().closed()) {
      context
          .response()
          .setStatusCode(said.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .end(Buffer.buffer(said.json()));
    }
  }
}
