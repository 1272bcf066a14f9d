package io.stockobserver.universe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which instruments exist for us on one trading day, frozen: the rule, the sources, the counts and
 * the members, as {@code universe/<provider>/<market>/YYYYMMDD.json} keeps them. Immutable.
 *
 * @param out who is listed and no member, by the rule that says so; null in files of before
 */
@JsonPropertyOrder({
  "date",
  "provider",
  "market",
  "created_at",
  "rule",
  "sources",
  "counts",
  "symbols",
  "out"
})
public record Universe(
    String date,
    String provider,
    String market,
    @JsonProperty("created_at") String createdAt,
    String rule,
    List<Source> sources,
    Map<String, Integer> counts,
    List<Member> symbols,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, List<String>> out) {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  public Universe {
    sources = List.copyOf(sources);
    symbols = List.copyOf(symbols);
  }

  /** Where it came from, by content. */
  public record Source(String name, String sha256) {}

  /**
   * One member.
   *
   * @param prevClose the base price: what change and limits are reckoned from
   * @param prevVolume the previous day's volume, for the first choice of slots
   * @param prevValue its value, where the venue tells it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Member(
      String symbol,
      String name,
      @JsonProperty("prev_close") BigDecimal prevClose,
      String board,
      String group,
      List<String> flags,
      @JsonProperty("prev_volume") @Nullable BigDecimal prevVolume,
      @JsonProperty("prev_value") @Nullable BigDecimal prevValue) {
    public Member {
      flags = flags == null ? List.of() : List.copyOf(flags);
    }
  }

  /** Applies the rule; members are ordered by symbol. */
  public static Universe of(
      String date,
      String provider,
      String market,
      String createdAt,
      String ruleText,
      MembershipRule rule,
      List<Source> sources,
      List<Listing> listings) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("listed", listings.size());
    for (MembershipRule.Outcome outcome : MembershipRule.Outcome.values()) {
      counts.put(outcome.name().toLowerCase(Locale.ROOT), 0);
    }
    Map<String, List<String>> out = new TreeMap<>();
    List<Member> members =
        listings.stream()
            .filter(
                listing -> {
                  MembershipRule.Outcome outcome = rule.judge(listing);
                  counts.merge(outcome.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
                  boolean kept = outcome == MembershipRule.Outcome.KEPT;
                  if (!kept) {
                    out.computeIfAbsent(
                            outcome.name().toLowerCase(Locale.ROOT), o -> new ArrayList<>())
                        .add(listing.symbol());
                  }
                  return kept;
                })
            .map(Universe::member)
            .sorted(Comparator.comparing(Member::symbol))
            .toList();
    out.values().forEach(Collections::sort);
    return new Universe(date, provider, market, createdAt, ruleText, sources, counts, members, out);
  }

  /**
   * Reads a frozen one.
   *
   * @throws IOException when it is no universe
   */
  public static Universe parse(byte[] json) throws IOException {
    Universe universe = JSON.readValue(json, Universe.class);
    if (universe == null) {
      throw new IOException("no universe: null");
    }
    return universe;
  }

  private static Member member(Listing l) {
    return new Member(
        l.symbol(),
        l.name(),
        l.basePrice(),
        l.board(),
        l.group(),
        l.flags(),
        l.prevVolume(),
        l.prevValue());
  }
}
