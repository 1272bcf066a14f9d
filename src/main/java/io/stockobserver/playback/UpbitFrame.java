package io.stockobserver.playback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a data frame of Upbit tells who it is for (Upbit sheet 4). Of a list its first object
 * counts: all were asked for alike.
 *
 * @param type such as {@code trade}
 * @param format {@code DEFAULT}, {@code SIMPLE}, {@code JSON_LIST} or {@code SIMPLE_LIST}
 */
record UpbitFrame(String type, String code, String format) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads the head of a frame; null for what is no data frame. */
  static @Nullable UpbitFrame of(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      JsonToken first = json.nextToken();
      boolean list = first == JsonToken.START_ARRAY;
      if (list) {
        first = json.nextToken();
      }
      return first == JsonToken.START_OBJECT ? read(json, list) : null;
    } catch (IOException noJson) {
      return null;
    }
  }

  private static @Nullable UpbitFrame read(JsonParser json, boolean list) throws IOException {
    String type = null;
    String code = null;
    boolean simple = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("type") || name.equals("ty")) {
        type = json.getText();
        simple = name.equals("ty");
      } else if (name.equals("code") || name.equals("cd")) {
        code = json.getText();
      } else {
        json.skipChildren();
      }
      if (type != null && code != null) {
        String plain = simple ? "SIMPLE" : "DEFAULT";
        String listed = simple ? "SIMPLE_LIST" : "JSON_LIST";
        return new UpbitFrame(type, code, list ? listed : plain);
      }
    }
    return null;
  }
}
