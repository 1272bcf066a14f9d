package io.stockobserver.mappings;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a venue's text on its way into a line: the words after {@code as} in a table, and
 * what they mean, reckoned by hand and without any code of a provider.
 */
enum Transformation {
  CODE("the venue's own code, without padding") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return raw.get(0).strip();
    }

    @Override
    String other(String raw, String argument) {
      return raw.contains("-") ? "KRW-XRP" : "000660";
    }

    @Override
    List<String> odd(String argument) {
      return List.of();
    }
  },

  ASKED("the symbol that was asked for; an answer that names another one is refused") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return raw.get(0).strip();
    }

    @Override
    String other(String raw, String argument) {
      return "000660";
    }

    @Override
    List<String> odd(String argument) {
      return List.of();
    }
  },

  PRICE("digits as sent; zero or empty is no value") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      BigDecimal number = number(raw.get(0));
      return number == null || number.signum() == 0 ? null : number.toPlainString();
    }
  },

  NUMBER("digits as sent; empty is no value") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      BigDecimal number = number(raw.get(0));
      return number == null ? null : number.toPlainString();
    }
  },

  SIZE("digits as sent; empty is no value, nor is zero where its side has no price") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return NUMBER.of(raw, argument, heardAt);
    }
  },

  SIZE_AT("digits as sent; none where the second, the price of its side, has no value") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return PRICE.of(raw.subList(1, 2), argument, heardAt) == null
          ? null
          : NUMBER.of(raw, argument, heardAt);
    }

    @Override
    boolean alwaysSeen(int index) {
      return index == 0;
    }
  },

  BEST("of the levels, best first, the first whose price is not zero: padding is no level") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      String best = PRICE.of(raw.subList(0, 1), argument, heardAt);
      return best != null ? best : PRICE.of(raw.subList(1, 2), argument, heardAt);
    }

    @Override
    boolean alwaysSeen(int index) {
      return index == 0;
    }
  },

  BEST_SIZE(
      "the size of that level: the first where its price, the second, is not zero, else the third") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      boolean first = PRICE.of(raw.subList(1, 2), argument, heardAt) != null;
      return NUMBER.of(first ? raw : raw.subList(2, 3), argument, heardAt);
    }

    @Override
    boolean alwaysSeen(int index) {
      return index == 0;
    }
  },

  TRADED(
      "the size of one trade. `volume` of a scalp line is what traded since the sample before: what"
          + " `acc_volume` grew by where each trade tells that too, else the sum of these") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return NUMBER.of(raw, argument, heardAt);
    }

    @Override
    List<String> odd(String argument) {
      return List.of("0", "1200", "7.9276E-4", "0.00000001");
    }
  },

  DIFFERENCE("the first less the second; none where that is not above zero") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      BigDecimal first = number(raw.get(0));
      BigDecimal second = number(raw.get(1));
      if (first == null || first.signum() == 0 || second == null) {
        return null;
      }
      BigDecimal rest = first.subtract(second);
      return rest.signum() > 0 ? rest.toPlainString() : null;
    }

    @Override
    List<String> odd(String argument) {
      return List.of("0", "", "-700", "12.50");
    }
  },

  MILLIS("milliseconds since 1970, UTC") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return stamp(Instant.ofEpochMilli(Long.parseLong(raw.get(0))));
    }

    @Override
    List<String> odd(String argument) {
      return List.of();
    }
  },

  SEOUL_TIME("a date YYYYMMDD and a time of day HHMMSS of Seoul, to the second") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return stamp(
          LocalDateTime.parse(
                  raw.get(0) + raw.get(1), DateTimeFormatter.ofPattern("uuuuMMddHHmmss"))
              .atZone(SEOUL)
              .toInstant());
    }

    @Override
    List<String> odd(String argument) {
      return List.of();
    }
  },

  SEOUL_CLOCK(
      "a time of day HHMMSS of Seoul on the day it was heard; where it is empty, zero or lies"
          + " ahead, when it was heard") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      if (!told(raw, heardAt)) {
        return stamp(heardAt);
      }
      return SEOUL_TIME.of(List.of(day(heardAt), raw.get(0)), argument, heardAt);
    }

    @Override
    boolean told(List<String> raw, Instant heardAt) {
      if (raw.get(0).isEmpty() || raw.get(0).equals("000000")) {
        return false;
      }
      String at = SEOUL_TIME.of(List.of(day(heardAt), raw.get(0)), "", heardAt);
      return !Instant.parse(String.valueOf(at)).isAfter(heardAt.plusSeconds(300));
    }

    @Override
    List<String> odd(String argument) {
      return List.of("", "000000", "235959");
    }
  },

  HEARD(
      "the venue tells no time: when it was heard, and `provider_specific` says"
          + " `event_time_source` `receive`") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return stamp(heardAt);
    }

    @Override
    boolean told(List<String> raw, Instant heardAt) {
      return false;
    }
  },

  IS("whether it is this word") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return String.valueOf(raw.get(0).equals(argument));
    }

    @Override
    String other(String raw, String argument) {
      return raw.equals(argument) ? "" : argument;
    }

    @Override
    List<String> odd(String argument) {
      return List.of("", "0", argument);
    }
  },

  IS_NOT("whether it is another word than this") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return String.valueOf(!raw.get(0).equals(argument));
    }

    @Override
    String other(String raw, String argument) {
      return raw.equals(argument) ? argument + "LY" : argument;
    }

    @Override
    List<String> odd(String argument) {
      return List.of("0", argument);
    }
  },

  TEXT("as sent") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return raw.get(0);
    }

    @Override
    List<String> odd(String argument) {
      return List.of();
    }
  },

  TELLS("whether this word is in it") {
    @Override
    @Nullable String of(List<String> raw, String argument, Instant heardAt) {
      return String.valueOf(raw.get(0).contains(argument));
    }

    @Override
    String other(String raw, String argument) {
      return raw.contains(argument) ? "" : '*' + argument;
    }

    @Override
    List<String> odd(String argument) {
      return List.of("", argument);
    }
  };

  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private final String meaning;

  Transformation(String meaning) {
    this.meaning = meaning;
  }

  /** For a person. */
  String meaning() {
    return meaning;
  }

  /** How it is written in a table. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * What a line must say of the fields {@code raw}; null for no value.
   *
   * @param argument what stands behind the word in the table
   */
  abstract @Nullable String of(List<String> raw, String argument, Instant heardAt);

  /** Whether the venue told a time. */
  boolean told(List<String> raw, Instant heardAt) {
    return true;
  }

  /** Another text for a field, of which a line must say something else. */
  String other(String raw, String argument) {
    return new BigDecimal(raw).add(BigDecimal.ONE).toPlainString();
  }

  /** Whether a line says something else whenever the field of this place does. */
  boolean alwaysSeen(int index) {
    return true;
  }

  /** Texts that a venue may send as well, and that ask for care. */
  List<String> odd(String argument) {
    return List.of(
        "0", "", " 12 ", "12.50", "00", "0.00000001", "1.16539E8", "7.9276E-4", "1000000000000");
  }

  private static @Nullable BigDecimal number(String text) {
    return text.isBlank() ? null : new BigDecimal(text.strip());
  }

  private static String day(Instant at) {
    return LocalDate.ofInstant(at, SEOUL).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static String stamp(Instant at) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
        .withZone(java.time.ZoneOffset.UTC)
        .format(at);
  }

  /** A word of a table, such as {@code price} or {@code is Y}. */
  record Word(Transformation transformation, String argument) {
    static Word parse(String text) {
      int blank = text.indexOf(' ');
      String word = blank < 0 ? text : text.substring(0, blank);
      for (Transformation one : values()) {
        if (one.word().equals(word)) {
          return new Word(one, blank < 0 ? "" : text.substring(blank + 1));
        }
      }
      throw new IllegalArgumentException("no transformation: " + text);
    }

    @Override
    public String toString() {
      return argument.isEmpty() ? transformation.word() : transformation.word() + ' ' + argument;
    }
  }
}
