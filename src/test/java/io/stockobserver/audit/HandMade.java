package io.stockobserver.audit;

import io.stockobserver.market.Stamp;
import io.stockobserver.market.TradingDay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An archive of one small day, written by hand: scalp 09:30 to 09:32, swing every minute from 09:30
 * to 09:32 and at 09:34. Nothing of it comes from what writes real ones.
 */
final class HandMade {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  static final String SESSION = "sess_20261120_092950";
  static final String PLAN =
      "\"mitigation_level\":0,\"day\":\"2026-11-20\",\"zone\":\"Asia/Seoul\",\"market_open\":true,"
          + "\"opens\":\"2026-11-20T00:30:00Z\",\"closes\":\"2026-11-20T00:33:00Z\","
          + "\"scalp_from\":\"2026-11-20T00:30:00Z\",\"scalp_until\":\"2026-11-20T00:32:00Z\","
          + "\"scalp_every_ms\":500,\"swing_from\":\"2026-11-20T00:30:00Z\","
          + "\"swing_until\":\"2026-11-20T00:32:00Z\",\"swing_every_ms\":60000,"
          + "\"swing_closing\":\"2026-11-20T00:34:00Z\",\"slots\":41";

  final Path root;
  private String provider = "kis";
  private String market = "kr_stocks";
  private String plan = PLAN;
  final List<String> events = new ArrayList<>();

  /** Scalp lines: the sample instants of each symbol. */
  final Map<String, Set<Instant>> scalp = new TreeMap<>();

  final List<String> swing = new ArrayList<>();
  private String session = SESSION;
  Instant now = at("23:00");
  boolean running;
  @Nullable TradingDay calendar;

  HandMade(Path root) {
    this.root = root;
  }

  /** Another venue's part of the same archive. */
  HandMade of(String venue, String itsMarket, String itsPlan) {
    provider = venue;
    market = itsMarket;
    plan = itsPlan;
    return this;
  }

  static Instant at(String time) {
    return DAY.atTime(LocalTime.parse(time)).atZone(SEOUL).toInstant();
  }

  /** A whole day of symbols A, B and C, with nothing missing. */
  static HandMade complete(Path root) {
    HandMade day = new HandMade(root);
    day.start("09:29:50").gap("09:29:50", "09:29:55", "scalp", "not_connected");
    for (String symbol : List.of("A", "B", "C")) {
      day.assign(symbol, "09:29:55").lines(symbol, "09:30:00", "09:32:00", 500);
    }
    for (String sweep : List.of("09:30:00", "09:31:00", "09:32:00", "09:34:00")) {
      day.sweep(sweep, "A", "B", "C", "D");
    }
    return day.stop("09:35:00");
  }

  HandMade session(String id) {
    session = id;
    return this;
  }

  HandMade start(String time) {
    return event("session_started", time, plan);
  }

  HandMade stop(String time) {
    return event(
        "session_stopped",
        time,
        "\"counters\":{\"declared\":9,\"parsed\":9,\"kept\":8,\"set_aside\":1,\"shed\":0}");
  }

  HandMade event(String type, String time, String more) {
    return event(type, at(time), more);
  }

  HandMade event(String type, Instant at, String more) {
    events.add(
        "{\"event_type\":\"%s\",\"timestamp\":\"%s\",\"provider\":\"%s\",\"market\":\"%s\",\"session_id\":\"%s\"%s}"
            .formatted(
                type, Stamp.of(at), provider, market, session, more.isEmpty() ? "" : "," + more));
    return this;
  }

  HandMade gap(String from, String until, String scope, String reason, String... symbols) {
    return event("gap_marker", until, stretch(from, until, scope, reason, symbols));
  }

  HandMade began(String at, String from, String scope, String reason, String... symbols) {
    return event("gap_began", at, stretch(from, null, scope, reason, symbols));
  }

  private static String stretch(
      String from, @Nullable String until, String scope, String reason, String... symbols) {
    return "\"gap_start_ts\":\""
        + Stamp.of(at(from))
        + (until == null ? "" : "\",\"gap_end_ts\":\"" + Stamp.of(at(until)))
        + "\",\"scope\":\""
        + scope
        + "\",\"reason\":\""
        + reason
        + '"'
        + (symbols.length == 0
            ? ""
            : ",\"symbols\":["
                + List.of(symbols).stream().map(s -> '"' + s + '"').collect(Collectors.joining(","))
                + ']');
  }

  HandMade assign(String symbol, String time) {
    return event("slot_assigned", time, "\"symbol\":\"" + symbol + '"');
  }

  HandMade release(String symbol, String time) {
    return event("slot_released", time, "\"symbol\":\"" + symbol + '"');
  }

  HandMade lines(String symbol, String from, String until, int every) {
    Instant end = at(until);
    for (Instant t = at(from); t.isBefore(end); t = t.plusMillis(every)) {
      scalp.computeIfAbsent(symbol, s -> new TreeSet<>()).add(t);
    }
    return this;
  }

  /** Takes a symbol's lines away. */
  HandMade without(String symbol, Predicate<Instant> which) {
    scalp.getOrDefault(symbol, new TreeSet<>()).removeIf(which);
    return this;
  }

  HandMade sweep(String time, String... symbols) {
    Instant due = at(time);
    began(time);
    for (String symbol : symbols) {
      swept(symbol, due.plusSeconds(2));
    }
    return finished(time, due.plusSeconds(5));
  }

  HandMade began(String sweep) {
    return event("sweep_began", at(sweep).plusSeconds(1), "\"sweep_at\":\"" + at(sweep) + '"');
  }

  /** One that came before the day's universe was frozen, and says whom it is about. */
  HandMade beganFor(String sweep, String... symbols) {
    return event(
        "sweep_began",
        at(sweep).plusSeconds(1),
        "\"sweep_at\":\""
            + at(sweep)
            + "\",\"symbols\":[\""
            + String.join("\",\"", symbols)
            + "\"]");
  }

  HandMade finished(String sweep, Instant when) {
    return event("sweep_finished", when, "\"sweep_at\":\"" + at(sweep) + '"');
  }

  HandMade swept(String symbol, Instant received) {
    swing.add(
        "{\"schema_version\":\"1.0\",\"track\":\"swing\",\"symbol\":\"%s\",\"event_time\":\"%s\",\"receive_time\":\"%s\",\"session_id\":\"x\"}"
            .formatted(symbol, Stamp.of(received), Stamp.of(received)));
    return this;
  }

  /** Writes it all and audits it. */
  DayAudit audit() {
    write();
    try {
      return new Audit(root, now, running, (market, date) -> calendar, bytes -> {})
          .day(DAY, Shelf.in(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MarketAudit market() {
    return audit().markets().get(0);
  }

  void write() {
    String of = provider + '/' + market;
    forget(root.resolve("scalp/" + of + "/20261120"));
    file(
        "universe/" + of + "/20261120.json",
        "{\"symbols\":[{\"symbol\":\"A\"},{\"symbol\":\"B\"},{\"symbol\":\"C\"},{\"symbol\":\"D\"}]}");
    if (!events.isEmpty()) {
      file("system/events/" + provider + "/20261120.jsonl", String.join("\n", events) + "\n");
    }
    if (!swing.isEmpty()) {
      file("swing/" + of + "/20261120/09_00.jsonl", String.join("\n", swing) + "\n");
    }
    Map<Instant, List<String>> byInstant = new TreeMap<>();
    scalp.forEach(
        (symbol, all) ->
            all.forEach(t -> byInstant.computeIfAbsent(t, x -> new ArrayList<>()).add(symbol)));
    Map<String, StringBuilder> files = new LinkedHashMap<>();
    byInstant.forEach(
        (t, symbols) -> {
          String name = DateTimeFormatter.ofPattern("HH_mm").format(t.atZone(SEOUL)) + "_00.jsonl";
          StringBuilder text = files.computeIfAbsent(name, n -> new StringBuilder());
          symbols.forEach(s -> text.append(sample(s, t)).append('\n'));
        });
    files.forEach((name, text) -> file("scalp/" + of + "/20261120/" + name, text.toString()));
  }

  static String sample(String symbol, Instant t) {
    return "{\"schema_version\":\"1.0\",\"track\":\"scalp\",\"provider\":\"kis\",\"market\":\"kr_stocks\",\"symbol\":\"%s\",\"event_time\":\"%s\",\"receive_time\":\"%s\",\"sample_time\":\"%s\",\"session_id\":\"x\",\"mitigation_level\":0,\"last_price\":70100}"
        .formatted(symbol, Stamp.of(t), Stamp.of(t), Stamp.of(t));
  }

  /** What an earlier audit of the same test had written. */
  private static void forget(Path folder) {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith("_00.jsonl")).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  void file(String path, String content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each unexplained stretch as {@code 09:30:05-09:30:06 A B}. */
  static List<String> unexplained(TrackAccount track) {
    return track.unexplained().stream()
        .map(
            u ->
                (clock(u.from()) + '-' + clock(u.until()) + ' ' + String.join(" ", u.symbols()))
                    .strip())
        .toList();
  }

  private static String clock(Instant at) {
    return DateTimeFormatter.ofPattern("HH:mm:ss").format(at.atZone(SEOUL));
  }
}
