package io.stockobserver.provider.kis;

/**
 * An app key and its secret, as issued by KIS. Never shown: not by {@link #toString}, not in an
 * error.
 *
 * @param appKey 36 characters where real
 * @param appSecret 180 characters where real
 */
public record KisKey(String appKey, String appSecret) {
  public KisKey {
    requireWhole("app key", appKey);
    requireWhole("app secret", appSecret);
  }

  /**
   * Refuses what cannot travel in a header and inside quotes of JSON without being escaped.
   *
   * @throws IllegalArgumentException that names {@code what}, never the value
   */
  static void requireWhole(String what, String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("the " + what + " is empty");
    }
    for (int i = 0; i < secret.length(); i++) {
      char c = secret.charAt(i);
      if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
        throw new IllegalArgumentException(
            "the " + what + " has a character that no key has, at position " + i);
      }
    }
  }

  @Override
  public String toString() {
    return "KisKey[secret]";
  }
}
