package io.stockobserver.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Calls the simulator as a program without any KIS library would. */
final class Caller {
  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  static final ObjectMapper JSON = new ObjectMapper();
  static final String QUOTES = "/uapi/domestic-stock/v1/quotations/";

  private final Simulator simulator;
  private String token = "";

  Caller(Simulator simulator) {
    this.simulator = simulator;
  }

  record Reply(int status, HttpResponse<byte[]> raw) {
    String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(raw.body());
      } catch (IOException e) {
        throw new AssertionError(text(), e);
      }
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("absent");
    }
  }

  Reply send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(answer.statusCode(), answer);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  Reply post(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(simulator.restUrl() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  Reply issue() {
    return issue(simulator.appKey(), simulator.appSecret());
  }

  Reply issue(String key, String secret) {
    return post(
        "/oauth2/tokenP",
        "{\"grant_type\":\"client_credentials\",\"appkey\":\"%s\",\"appsecret\":\"%s\"}"
            .formatted(key, secret));
  }

  String token() {
    if (token.isEmpty()) {
      token = issue().json().path("access_token").asText();
    }
    return token;
  }

  Reply approve() {
    return post(
        "/oauth2/Approval",
        "{\"grant_type\":\"client_credentials\",\"appkey\":\"%s\",\"secretkey\":\"%s\"}"
            .formatted(simulator.appKey(), simulator.appSecret()));
  }

  HttpRequest.Builder request(String pathAndQuery, String trId) {
    return HttpRequest.newBuilder(URI.create(simulator.restUrl() + pathAndQuery))
        .header("content-type", "application/json; charset=utf-8")
        .header("authorization", "Bearer " + token())
        .header("appkey", simulator.appKey())
        .header("appsecret", simulator.appSecret())
        .header("tr_id", trId)
        .header("custtype", "P");
  }

  Reply get(String pathAndQuery, String trId) {
    return send(request(pathAndQuery, trId).build());
  }

  Reply price(String code) {
    return get(
        QUOTES + "inquire-price?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=" + code, "FHKST01010100");
  }

  byte[] master(String board) {
    return send(HttpRequest.newBuilder(
                URI.create(simulator.masterUrl() + "/" + board + "_code.mst.zip"))
            .build())
        .raw()
        .body();
  }
}
