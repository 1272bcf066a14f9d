package io.stockobserver.etl;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What somebody wants to hold and holds, as {@code config/portfolio/*.yaml} says it. Values only;
 * nothing here or elsewhere is sent to a broker.
 *
 * @param policy unique over all files
 * @param frequency daily, weekly or monthly
 * @param maxPositionPct of the total value, 0 to 100
 */
public record Portfolio(
    String policy,
    String name,
    String provider,
    String market,
    String frequency,
    BigDecimal maxPositionPct,
    BigDecimal cash,
    List<Weight> weights,
    List<Holding> holdings) {
  private static final Set<String> KEYS =
      Set.of(
          "policy",
          "name",
          "provider",
          "market",
          "rebalance",
          "max-position-pct",
          "cash",
          "weights",
          "holdings");

  /** A share of the total value, from 0 to 1, from a day on. */
  public record Weight(String symbol, BigDecimal weight, LocalDate from) {}

  /** Units of an instrument, and what one cost. */
  public record Holding(String symbol, BigDecimal quantity, @Nullable BigDecimal avgPrice) {}

  /** Refuses what could not be meant. */
  public Portfolio {
    weights = List.copyOf(weights);
    holdings = List.copyOf(holdings);
    if (!Set.of("daily", "weekly", "monthly").contains(frequency)) {
      throw new IllegalArgumentException("rebalance is daily, weekly or monthly");
    }
    if (maxPositionPct.signum() < 0 || maxPositionPct.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException("max-position-pct is from 0 to 100");
    }
    if (cash.signum() < 0) {
      throw new IllegalArgumentException("cash is negative");
    }
    for (Weight weight : weights) {
      if (weight.weight().signum() < 0 || weight.weight().compareTo(BigDecimal.ONE) > 0) {
        throw new IllegalArgumentException("the weight of " + weight.symbol() + " is from 0 to 1");
      }
    }
  }

  /**
   * Reads every file of a folder, in the order of their names; none where it is not there.
   *
   * @throws EtlException naming the file and what is wrong with it
   */
  public static List<Portfolio> in(Path folder) throws IOException {
    List<Portfolio> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          all.add(read(file));
        }
      }
    }
    return all;
  }

  private static Portfolio read(Path file) throws IOException {
    try (InputStream text = Files.newInputStream(file)) {
      Object all = new Load(LoadSettings.builder().build()).loadFromInputStream(text);
      if (!(all instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("it is no map of keys");
      }
      for (Object key : map.keySet()) {
        if (!KEYS.contains(String.valueOf(key))) {
          throw new IllegalArgumentException(
              key + " is no key; there are " + KEYS.stream().sorted().toList());
        }
      }
      return of(map);
    } catch (YamlEngineException | IllegalArgumentException | DateTimeException e) {
      throw new EtlException(
          file
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "; correct it",
          e);
    }
  }

  private static Portfolio of(Map<?, ?> map) {
    List<Weight> weights = new ArrayList<>();
    for (Map<?, ?> one : list(map, "weights")) {
      weights.add(
          new Weight(
              word(one, "symbol", 20),
              number(one, "weight"),
              LocalDate.parse(word(one, "from", 10))));
    }
    List<Holding> holdings = new ArrayList<>();
    for (Map<?, ?> one : list(map, "holdings")) {
      holdings.add(
          new Holding(
              word(one, "symbol", 20),
              number(one, "quantity"),
              one.containsKey("avg-price") ? number(one, "avg-price") : null));
    }
    return new Portfolio(
        word(map, "policy", 50),
        word(map, "name", 100),
        word(map, "provider", 20),
        word(map, "market", 20),
        word(map, "rebalance", 20),
        number(map, "max-position-pct"),
        number(map, "cash"),
        weights,
        holdings);
  }

  private static List<Map<?, ?>> list(Map<?, ?> map, String key) {
    List<Map<?, ?>> all = new ArrayList<>();
    Object value = map.get(key);
    if (value instanceof List<?> list) {
      for (Object one : list) {
        if (!(one instanceof Map<?, ?> entry)) {
          throw new IllegalArgumentException(key + " is a list of maps");
        }
        all.add(entry);
      }
    } else if (value != null) {
      throw new IllegalArgumentException(key + " is a list of maps");
    }
    return all;
  }

  private static String word(Map<?, ?> map, String key, int longest) {
    Object value = map.get(key);
    String text = value == null ? "" : String.valueOf(value);
    // A symbol without quotes may be a number to YAML, and 005930 another one.
    boolean isText = value instanceof String;
    if (!isText || text.isBlank() || text.length() > longest) {
      throw new IllegalArgumentException(
          key + " is missing, not in quotes or longer than " + longest + " characters");
    }
    return text;
  }

  private static BigDecimal number(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    try {
      return new BigDecimal(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is no number: " + value, e);
    }
  }
}
