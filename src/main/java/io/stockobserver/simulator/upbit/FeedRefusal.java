package io.stockobserver.simulator.upbit;

/** A request that ends the connection; the words are the venue's. */
final class FeedRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;

  FeedRefusal(String name, String words) {
    super(words, null, false, false);
    this.name = name;
  }

  static FeedRefusal format() {
    return new FeedRefusal("WRONG_FORMAT", "Format 이 맞지 않습니다.");
  }

  static FeedRefusal ticket() {
    return new FeedRefusal("NO_TICKET", "티켓이 존재하지 않거나, 유효하지 않습니다.");
  }

  static FeedRefusal type() {
    return new FeedRefusal("NO_TYPE", "type 필드가 존재하지 않습니다.");
  }

  static FeedRefusal codes() {
    return new FeedRefusal("NO_CODES", "codes 필드가 존재하지 않습니다.");
  }

  static FeedRefusal unknownType(String type) {
    return new FeedRefusal("INVALID_PARAM", type + " 은 지원하지 않는 타입입니다.");
  }

  static FeedRefusal tooMany() {
    return new FeedRefusal("TOO_MANY_REQUEST", "요청이 너무 많습니다.");
  }

  /** The order of the two words varies. */
  String json(boolean nameFirst) {
    return new Row(false)
        .raw(
            "error",
            new Row(false).text("name", name).text("message", getMessage()).json(nameFirst ? 0 : 1))
        .json();
  }
}
