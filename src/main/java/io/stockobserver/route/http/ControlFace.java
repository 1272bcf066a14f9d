package io.stockobserver.route.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.backup.Account;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/package}, {@code /api/retention} and {@code /api/load-failed} for commands on this
 * machine: POST only, from loopback only, with the token of this start that stands in {@code
 * observer.lock}. It decides nothing else.
 */
public final class ControlFace {
  private static final Logger LOG = LoggerFactory.getLogger(ControlFace.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpFront front;
  private final Account account;
  private final Control control;

  private ControlFace(HttpFront front, Account account, Control control) {
    this.front = front;
    this.account = account;
    this.control = control;
  }

  /** Begins to answer. */
  public static void mount(HttpFront front, Account account, Control control) {
    ControlFace face = new ControlFace(front, account, control);
    front.router().post("/api/package/:provider/:day").handler(face::packageDay);
    front.router().post("/api/retention").handler(face::retention);
    front.router().post("/api/load-failed/:provider/:day").handler(face::loadFailed);
  }

  private void packageDay(RoutingContext context) {
    String provider = String.valueOf(context.pathParam("provider"));
    String day = String.valueOf(context.pathParam("day"));
    answer(
        context,
        () -> control.packageDay(provider, LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE)));
  }

  private void retention(RoutingContext context) {
    boolean dryRun = "true".equals(context.request().getParam("dry-run"));
    answer(context, () -> control.retention(dryRun));
  }

  private void loadFailed(RoutingContext context) {
    String provider = String.valueOf(context.pathParam("provider"));
    String day = String.valueOf(context.pathParam("day"));
    String exit = String.valueOf(context.request().getParam("exit"));
    String detail = String.valueOf(context.request().getParam("detail"));
    answer(
        context,
        () ->
            control.loadFailed(
                provider,
                LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE),
                Integer.parseInt(exit),
                detail));
  }

  private void answer(RoutingContext context, Callable<Map<String, Object>> act) {
    if (!isLocal(context.request().remoteAddress())
        || !account.opens(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
      LOG.info("control: {} refused", context.normalizedPath());
      say(context, 403, Map.of("error", "only for commands on this machine"));
      return;
    }
    LOG.info("control: {}", context.normalizedPath());
    front
        .vertx()
        .executeBlocking(act, false)
        .onSuccess(told -> say(context, 200, told))
        .onFailure(
            failed -> {
              boolean theirs =
                  failed instanceof IllegalArgumentException
                      || failed instanceof DateTimeParseException;
              LOG.warn("control: {} failed", context.normalizedPath(), failed);
              say(
                  context,
                  theirs ? 400 : 500,
                  Map.of("error", String.valueOf(failed.getMessage())));
            });
  }

  private static boolean isLocal(SocketAddress peer) {
    try {
      return InetAddress.getByName(peer.hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException nowhere) {
      return false;
    }
  }

  private static void say(RoutingContext context, int status, Map<String, Object> told) {
    byte[] json;
    try {
      json = JSON.writeValueAsBytes(told);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible); // texts, numbers and lists of them
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(Buffer.buffer(json));
  }
}
