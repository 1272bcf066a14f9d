package io.stockobserver.bench;

import io.stockobserver.observe.Observation;
import io.stockobserver.provider.kis.KisVenue;
import io.stockobserver.provider.kis.KisWire;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.universe.Listing;
import io.stockobserver.venue.Readings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long one KIS execution takes from bytes to observation. Bounded: a few seconds. */
public final class KisDecodeBench {
  private static final String RECORD =
      "^101532^71900^2^700^0.98^71742.40^71500^72300^71000^71900^71800^25^8412377^603524118900"
          + "^41230^45891^4661^113.24^3905120^4421980^1^0.53^59.12^090017^2^400^094210^5^-400"
          + "^090305^2^900^20261120^20^N^18342^22975^429431^378240^0.14^9105332^92.39^0^^71500^2";
  private static final int ROUNDS = 12;
  private static final int FRAMES_A_ROUND = 200_000;

  private KisDecodeBench() {}

  public static void main(String[] args) {
    for (int records : new int[] {1, 4}) {
      Entry[] frames = new Entry[41];
      for (int i = 0; i < frames.length; i++) {
        frames[i] = frame(i, records);
      }
      KisWire wire = new KisWire(KisVenue.KRX);
      Count count = new Count();
      double best = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long begun = System.nanoTime();
        for (int i = 0; i < FRAMES_A_ROUND; i++) {
          wire.readFeed(frames[i % frames.length], count);
        }
        best = Math.min(best, (System.nanoTime() - begun) / (double) FRAMES_A_ROUND / records);
      }
      System.out.printf(
          "%d record(s) a frame of %d bytes: %.0f ns a record (best of %d rounds, checksum %d)%n",
          records, frames[0].body().length, best, ROUNDS, count.checksum);
    }
  }

  private static Entry frame(int number, int records) {
    StringBuilder text = new StringBuilder("0|H0STCNT0|%03d|".formatted(records));
    for (int record = 0; record < records; record++) {
      text.append(record == 0 ? "" : "^").append("%06d".formatted(5930 + number)).append(RECORD);
    }
    byte[] body = text.toString().getBytes(StandardCharsets.US_ASCII);
    Instant at = Instant.parse("2026-11-20T01:15:32.700Z");
    return new Entry(number, new Draft(at, 0, "trade", Direction.IN, 0, 0, body), "tape", number);
  }

  private static final class Count implements Readings {
    long checksum;

    @Override
    public void declared(int records) {
      checksum += records;
    }

    @Override
    public void observed(Observation observation) {
      checksum += observation.symbol().length() + observation.at().getEpochSecond() % 60;
    }

    @Override
    public void refused(String reason, @Nullable String symbol, int records, String sample) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void asked(String symbol, boolean register) {}

    @Override
    public void acknowledged(String symbol) {}

    @Override
    public void released(String symbol) {}

    @Override
    public void replaced(Set<String> symbols) {}

    @Override
    public void proven(String symbol) {}

    @Override
    public void registrationRefused(@Nullable String symbol, String code, String message) {}

    @Override
    public void connectionRefused(String code, String message, boolean newKey) {}

    @Override
    public void heartbeat() {}

    @Override
    public void drift(String shape, String sample) {}

    @Override
    public void answerRefused(String reason, String code, String message) {}

    @Override
    public void listed(String source, List<Listing> listings) {}

    @Override
    public void tradingDays(List<DayOpen> days) {}
  }
}
