package io.stockobserver.route.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hawtio's console at {@code /hawtio}: its files from the jar, read on a worker thread, and the few
 * answers that its pages want of a server. It needs no internet and decides nothing.
 */
public final class HawtioFace {
  private static final Logger LOG = LoggerFactory.getLogger(HawtioFace.class);
  private static final String AT = "/hawtio";
  private static final String PAGE = "/index.html";
  private static final String MENDS = "/hawtio-mends.js";
  private static final String FOR_EVER = "private, max-age=31536000, immutable";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "woff", "font/woff");

  private final HttpFront front;

  private HawtioFace(HttpFront front) {
    this.front = front;
  }

  /** Begins to answer. */
  public static void mount(HttpFront front) {
    HawtioFace face = new HawtioFace(front);
    Router router = front.router();
    // The same path without its slash, which a router takes for one with it.
    router.getWithRegex(AT).handler(HawtioFace::lead);
    router.get(AT + "/user").handler(HawtioFace::user);
    constants().forEach((path, json) -> router.get(AT + path).handler(told -> json(told, json)));
    router.get(AT + "/*").handler(face::file);
  }

  /** What Hawtio's own server would answer: one user, no other servers, no other logins. */
  private static Map<String, String> constants() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("/plugin", "[]");
    all.put("/preset-connections", "[]");
    all.put("/proxy/enabled", "false");
    all.put("/keycloak/enabled", "false");
    all.put("/auth/config", "{}");
    all.put("/auth/config/oidc", "{}");
    all.put("/auth/config/session-timeout", "{}");
    return all;
  }

  private static void lead(RoutingContext context) {
    context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, AT + "/").end();
  }

  private static void user(RoutingContext context) {
    json(context, TextNode.valueOf(Gatekeeper.account(context)).toString());
  }

  private static void json(RoutingContext context, String json) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json);
  }

  private void file(RoutingContext context) {
    String asked = context.normalizedPath().substring(AT.length());
    String name = asked.substring(asked.lastIndexOf('/') + 1);
    // A deep link is answered with the page, which finds its way by itself.
    String path = name.contains(".") ? asked : PAGE;
    front
        .vertx()
        .executeBlocking(() -> read(path), false)
        .onSuccess(bytes -> write(context.response(), path, bytes))
        .onFailure(
            failed -> {
              LOG.error("{} cannot be read", path, failed);
              context.response().setStatusCode(500).end();
            });
  }

  private static byte @Nullable [] read(String path) throws IOException {
    byte[] bytes = resource(path.equals(MENDS) ? MENDS : AT + path);
    return bytes != null && path.equals(PAGE) ? mended(bytes) : bytes;
  }

  private static byte @Nullable [] resource(String name) throws IOException {
    try (InputStream in = HawtioFace.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  /** What its pages need mended is loaded before them. */
  private static byte[] mended(byte[] page) {
    String script = "<script src=\"" + AT + MENDS + "\"></script></head>";
    return new String(page, UTF_8).replace("</head>", script).getBytes(UTF_8);
  }

  private static void write(HttpServerResponse response, String path, byte @Nullable [] bytes) {
    if (response.closed()) {
      return;
    }
    if (bytes == null) {
      response.setStatusCode(404).end();
      return;
    }
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type == null ? "application/octet-stream" : type)
        // What lies below static/ has its checksum in its name.
        .putHeader(HttpHeaders.CACHE_CONTROL, path.startsWith("/static/") ? FOR_EVER : "no-cache")
        .end(Buffer.buffer(bytes));
  }
}
