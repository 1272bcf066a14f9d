package io.stockobserver.route.http;

import io.stockobserver.access.HouseRules;
import io.stockobserver.access.Knock;
import io.stockobserver.access.Login;
import io.stockobserver.access.Logins;
import io.stockobserver.access.Refusals;
import io.stockobserver.backup.serving.Account;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything on the port: asks {@link HouseRules} of each request and {@link Logins}
 * of who needs an account, and puts the headers on every answer that keep browsers out of mischief.
 * Passwords are checked by one thread of its own with a short queue, never by the port's.
 */
public final class Gatekeeper implements AutoCloseable {
  private static final String ACCOUNT = "account";
  private static final int FIRST = Integer.MIN_VALUE + 1000;
  private static final int WAITING = 32;
  private static final long TELL_MILLIS = 1000;
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none';"
          + " base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

  private final HouseRules rules;
  private final Logins logins;
  private final ThreadPoolExecutor worker;
  private volatile @Nullable Account control;

  private Gatekeeper(HouseRules rules, Logins logins) {
    this.rules = rules;
    this.logins = logins;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "login");
              thread.setDaemon(true);
              return thread;
            });
    this.worker.allowCoreThreadTimeOut(true);
  }

  /** Begins to stand there; whatever is mounted, before or after, is behind it. */
  public static Gatekeeper mount(
      HttpFront front, HouseRules rules, Logins logins, Refusals refusals) {
    Gatekeeper keeper = new Gatekeeper(rules, logins);
    front.router().route().order(FIRST).handler(keeper::take);
    front
        .vertx()
        .setPeriodic(
            TELL_MILLIS, again -> front.vertx().executeBlocking(() -> told(refusals), false));
    return keeper;
  }

  private static boolean told(Refusals refusals) {
    refusals.tell();
    return true;
  }

  /** Whoever has this token, a command on this machine, needs no account. */
  public void control(Account account) {
    control = account;
  }

  /** Whose account a request came with; empty where none was asked for. */
  static String account(RoutingContext context) {
    String name = context.get(ACCOUNT);
    return name == null ? "" : name;
  }

  private void take(RoutingContext context) {
    HttpServerRequest request = context.request();
    context
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Content-Security-Policy", POLICY);
    String path = request.path();
    Knock knock =
        new Knock(
            request.method().name(),
            path == null ? "" : path,
            context.normalizedPath(),
            request.getHeader(HttpHeaders.HOST),
            request.getHeader(HttpHeaders.ORIGIN),
            request.getHeader("Sec-Fetch-Site"));
    switch (rules.judge(knock)) {
      case LET_IN -> context.next();
      case ASK_WHO -> askWho(context);
      case NOT_FOUND -> say(context, 404, "not found");
      case NOT_ALLOWED -> say(context, 405, "no such method here");
      case FOREIGN -> say(context, 403, "asked by a page of somebody else, or by another name");
    }
  }

  private void askWho(RoutingContext context) {
    String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    Account command = control;
    if (command != null
        && !HouseRules.isConsole(context.normalizedPath())
        && command.opens(authorization)) {
      context.next();
      return;
    }
    String peer = context.request().remoteAddress().hostAddress();
    Login login = logins.atOnce(peer, authorization);
    if (login instanceof Login.Unknown) {
      check(context, peer, authorization);
    } else {
      settle(context, login);
    }
  }

  private void check(RoutingContext context, String peer, @Nullable String authorization) {
    Context loop = context.vertx().getOrCreateContext();
    context.request().pause();
    try {
      worker.execute(
          () -> {
            Login login = logins.check(peer, authorization);
            loop.runOnContext(
                then -> {
                  settle(context, login);
                  context.request().resume();
                });
          });
    } catch (RejectedExecutionException full) {
      context.request().resume();
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      say(context, 503, "too many logins at once");
    }
  }

  private static void settle(RoutingContext context, Login login) {
    if (context.response().closed()) {
      return;
    }
    if (login instanceof Login.In in) {
      context.put(ACCOUNT, in.account());
      context.next();
    } else if (login instanceof Login.Later later) {
      long seconds = Math.max(1, later.left().toSeconds() + 1);
      context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
      say(context, 429, "too many wrong passwords; try again in " + seconds + " s");
    } else {
      context
          .response()
          .putHeader("WWW-Authenticate", "Basic realm=\"Stock Observer\", charset=\"UTF-8\"");
      say(context, 401, "an account is needed; ./observer user add NAME makes one");
    }
  }

  private static void say(RoutingContext context, int status, String words) {
    HttpServerResponse response = context.response();
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end("{\"error\":\"" + words + "\"}");
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
