package io.stockobserver.route.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.backup.serving.Account;
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
 * What commands on this machine ask of the observer, below {@code /api/}: POST only, from loopback
 * only, with the token of this start that stands in {@code observer.lock}. It decides nothing else.
 */
public final class ControlFace {
  private static final Logger LOG = LoggerFactory.getLogger(ControlFace.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LONGEST = 500;

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
    front.router().post("/api/status").handler(c -> face.answer(c, control::status));
    front.router().post("/api/slots").handler(c -> face.answer(c, control::slots));
    front.router().post("/api/routes").handler(c -> face.answer(c, control::routes));
    front.router().post("/api/routes/:act/:name").handler(face::route);
    front.router().post("/api/slots/:act/:name").handler(face::slot);
    front.router().post("/api/mitigation/:name").handler(face::level);
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

  private void route(RoutingContext c) {
    answer(c, () -> control.route(path(c, "act"), path(c, "name"), said(c, "actor"), why(c)));
  }

  private void slot(RoutingContext c) {
    answer(
        c,
        () ->
            control.slot(
                path(c, "act"), said(c, "provider"), path(c, "name"), said(c, "actor"), why(c)));
  }

  private void level(RoutingContext c) {
    answer(c, () -> control.level(path(c, "name"), said(c, "provider"), said(c, "actor"), why(c)));
  }

  private static String path(RoutingContext context, String name) {
    return String.valueOf(context.pathParam(name));
  }

  private static String why(RoutingContext context) {
    return said(context, "reason");
  }

  /** A word of the query, short enough for a line of evidence; empty for none. */
  private static String said(RoutingContext context, String name) {
    String value = context.request().getParam(name);
    return value == null ? "" : value.substring(0, Math.min(value.length(), LONGEST));
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
              if (theirs) {
                LOG.info("control: {} refused: {}", context.normalizedPath(), failed + "");
              } else {
                LOG.error("control: {} failed", context.normalizedPath(), failed);
              }
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

  private void say(RoutingContext context, int status, Map<String, Object> told) {
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
        .end(Buffer.buffer(front.shown(context.normalizedPath(), json)));
  }
}
