package io.stockobserver.provider.kis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Takes the secrets out of a token or approval answer before it reaches the tape. */
final class KisRedaction {
  /** What stands on the tape where a secret stood. */
  static final String MARK = "[secret]";

  private static final byte[] QUOTED_MARK = ('"' + MARK + '"').getBytes(StandardCharsets.US_ASCII);
  private static final Set<String> SECRETS =
      Set.of("access_token", "approval_key", "appkey", "appsecret", "secretkey", "token");
  private static final JsonFactory JSON = new JsonFactory();

  private KisRedaction() {}

  /** The body with secrets replaced; byte for byte the same elsewhere. */
  static byte[] of(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
    int copied = 0;
    try (JsonParser parser = JSON.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()
            && parser.currentName() != null
            && SECRETS.contains(parser.currentName())) {
          int start = (int) parser.currentTokenLocation().getByteOffset();
          parser.finishToken();
          int end = (int) parser.currentLocation().getByteOffset();
          out.write(body, copied, start - copied);
          out.writeBytes(QUOTED_MARK);
          copied = end;
        }
      }
    } catch (IOException | RuntimeException e) {
      return torn(body);
    }
    out.write(body, copied, body.length - copied);
    return out.toByteArray();
  }

  /** A torn answer may end inside the secret: nothing behind the first secret's name stays. */
  private static byte[] torn(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int cut = text.indexOf('\0') >= 0 ? 0 : text.length();
    for (String name : SECRETS) {
      int at = text.indexOf(name);
      if (at >= 0) {
        cut = Math.min(cut, at + name.length());
      }
    }
    if (cut == text.length()) {
      return body.clone();
    }
    return (text.substring(0, cut) + MARK).getBytes(StandardCharsets.ISO_8859_1);
  }
}
