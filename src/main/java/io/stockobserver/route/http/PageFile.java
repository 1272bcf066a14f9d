package io.stockobserver.route.http;

import io.stockobserver.archive.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** One file of the page, out of the jar: read and compressed once. Immutable. */
final class PageFile {
  private static final String FOLDER = "/io/stockobserver/dashboard/";

  private final String type;
  private final String tag;
  private final Buffer plain;
  private final Buffer gzip;

  private PageFile(String type, byte[] content) {
    this.type = type;
    this.tag = '"' + Sha256.of(content).substring(0, 20) + '"';
    this.plain = Buffer.buffer(content);
    this.gzip = Buffer.buffer(compress(content));
  }

  /** Reads one. */
  static PageFile read(String name, String type) {
    try (InputStream in = PageFile.class.getResourceAsStream(FOLDER + name)) {
      return new PageFile(type, Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static byte[] compress(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip in memory", e);
    }
    return out.toByteArray();
  }

  /** Hands it out, or says that it is the one that the browser has. */
  void answer(RoutingContext context) {
    HttpServerResponse response = context.response();
    PageFace.guarded(response)
        .putHeader(HttpHeaders.ETAG, tag)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    String has = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (has != null && has.contains(tag)) {
      response.setStatusCode(304).end();
      return;
    }
    String takes = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean zipped = takes != null && takes.toLowerCase(Locale.ROOT).contains("gzip");
    Buffer body = zipped ? gzip : plain;
    if (zipped) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
