package io.stockobserver.route.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.stockobserver.venue.FeedState.Phase;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is told of one venue, by name: the figures of the founding document's 4.1 and the counters
 * of promise 2. Figures "of the last minute" are those of the {@code metrics} event.
 */
final class VenueMeters {
  private static final double PERCENT = 0.01;
  private static final double MILLIS = 0.001;
  private static final double MICROS = 0.000_001;

  private final MeterRegistry registry;
  private final Tags tags;
  private final Glance glance;

  private VenueMeters(MeterRegistry registry, Tags tags, Glance glance) {
    this.registry = registry;
    this.tags = tags;
    this.glance = glance;
  }

  static void bind(MeterRegistry registry, VenueSource source, Glance glance) {
    Tags tags = Tags.of("provider", source.provider(), "market", source.market());
    VenueMeters meters = new VenueMeters(registry, tags, glance);
    meters.feed();
    meters.quality();
    meters.load();
    meters.slots();
    meters.keeping();
  }

  private void feed() {
    gauge("feed.open", "", "1 while the feed's socket is open", g -> g.state().feedOpen() ? 1 : 0);
    counter("feed.reconnects", "", "Connections after the first", "reconnects");
    sum(
        "feed.disconnected",
        "seconds",
        "Time without a feed in the track's window, since the session began",
        g -> g.state().disconnected().toMillis() * MILLIS);
    gauge("feed.data.age", "seconds", "Since data was last kept", Glance::dataAge);
    gauge(
        "feed.route.running",
        "",
        "1 while the feed's route is not stopped",
        g -> g.feed().map(f -> f.phase() == Phase.CLOSED ? 0.0 : 1.0).orElse(0.0));
  }

  private void quality() {
    minute(
        "swing.recorded",
        "ratio",
        "Symbols that the last sweep brought, of those that it asked for",
        "swing_recorded_percent",
        PERCENT);
    minute(
        "scalp.recorded",
        "ratio",
        "Scalp lines written in the last minute, of those due",
        "scalp_recorded_percent",
        PERCENT);
    minute(
        "dropped",
        "ratio",
        "Messages shed in the last minute, of those heard",
        "drop_percent",
        PERCENT);
    counter("gaps", "", "Gap markers written", "gaps");
    minute(
        "feed.gap.today",
        "seconds",
        "Gaps of the whole feed that today's events tell",
        "feed_gap_seconds_today",
        1);
    for (List<String> one :
        List.of(
            List.of("frames", "Messages put on the tape"),
            List.of("heartbeats", "Messages that were heartbeats"),
            List.of("declared", "Records that messages and answers declared"),
            List.of("parsed", "Records parsed"),
            List.of("kept", "Records kept"),
            List.of("set_aside", "Records set aside with a reason"),
            List.of("shed", "Messages given up before the tape"),
            List.of("calls", "Calls made"),
            List.of("answers", "Answers heard"),
            List.of("refused_answers", "Answers that refused"),
            List.of("swing_lines", "Swing lines written"),
            List.of("scalp_lines", "Scalp lines written"),
            List.of("events", "Events written"))) {
      counter(one.get(0).replace('_', '.'), "", one.get(1), one.get(0));
    }
    counter("tape", "bytes", "Bytes of messages put on the tape", "bytes");
  }

  private void load() {
    minute(
        "cpu.used",
        "ratio",
        "The process's time on all processors that it may use, last minute",
        "cpu_percent",
        PERCENT);
    minute(
        "heap.left",
        "ratio",
        "Heap left in use after collection, of its maximum",
        "memory_percent",
        PERCENT);
    minute("disk.used", "ratio", "The archive's disk that is used", "disk_used_percent", PERCENT);
    minute(
        "disk.write.delay",
        "seconds",
        "The slowest append or force of the last minute",
        "disk_write_delay_ms",
        MILLIS);
    minute(
        "queue.delay",
        "seconds",
        "From the socket to the tape, the slowest message of the last minute",
        "queue_delay_ms",
        MILLIS);
    minute(
        "tape.delay.p99",
        "seconds",
        "From the socket to the tape, 99 of 100 messages of the last minute",
        "socket_to_tape_p99_us",
        MICROS);
    gauge(
        "feed.queue",
        "messages",
        "Messages heard and not yet through the route",
        g -> g.feed().map(f -> (double) f.queued()).orElse(0.0));
    sum(
        "feed.pauses",
        "",
        "How often the socket was not read from, because the route had not caught up",
        g -> g.feed().map(f -> (double) f.pauses()).orElse(0.0));
    minute(
        "rest.budget.used",
        "calls",
        "Permits of the call budget that cannot be taken",
        "rest_budget_in_use",
        1);
    minute(
        "venue.clock.offset",
        "seconds",
        "The venue's clock against ours",
        "venue_clock_offset_ms",
        MILLIS);
    gauge("mitigation.level", "", "0, 1 or 2: 2, 1 or 0.5 Hz", g -> g.state().mitigationLevel());
  }

  private void slots() {
    gauge("slots.capacity", "", "Slots that there are", g -> g.state().slotsCapacity());
    gauge("slots.wanted", "", "Slots given to a symbol", g -> g.state().slotsWanted());
    gauge(
        "slots.acknowledged",
        "",
        "Slots that the venue has confirmed",
        g -> g.state().slotsAcknowledged());
    gauge("slots.receiving", "", "Slots that are heard", g -> g.state().slotsReceiving());
    counter("slot.swaps", "", "Slots given up for another symbol", "slot_swaps");
    counter("overflow", "", "Candidates that got no slot", "overflow");
    gauge("universe.symbols", "", "Symbols of today's universe", g -> g.state().members());
  }

  private void keeping() {
    minute("files.sealed", "", "Files sealed since the start", "files_sealed", 1);
    minute(
        "seal.failures",
        "",
        "Rounds since the start in which something could not be sealed",
        "seal_failures",
        1);
    minute("archive.unforced", "bytes", "What a power cut would cost", "archive_unforced_bytes", 1);
    minute(
        "package.success",
        "",
        "1 when the last recorded day before today has a package with its SUCCESS.marker",
        "package_success",
        1);
    minute(
        "backup.waiting",
        "seconds",
        "How long the oldest package without a backup's receipt has waited",
        "backup_waiting_s",
        1);
    gauge(
        "archive.writable",
        "",
        "1 while the archive takes lines",
        g -> g.state().diskTrouble() == null ? 1 : 0);
  }

  private void minute(String name, String unit, String help, String figure, double factor) {
    gauge(name, unit, help, g -> g.minute(figure) * factor);
  }

  private void counter(String name, String unit, String help, String counter) {
    sum(name, unit, help, g -> g.counter(counter));
  }

  private void gauge(String name, String unit, String help, ToDoubleFunction<Glance> value) {
    Gauge.builder("observer." + name, glance, value)
        .description(help)
        .baseUnit(unit.isEmpty() ? null : unit)
        .tags(tags)
        .register(registry);
  }

  private void sum(String name, String unit, String help, ToDoubleFunction<Glance> value) {
    FunctionCounter.builder("observer." + name, glance, value)
        .description(help)
        .baseUnit(unit.isEmpty() ? null : unit)
        .tags(tags)
        .register(registry);
  }
}
