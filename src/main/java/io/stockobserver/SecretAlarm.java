package io.stockobserver;

import io.stockobserver.evidence.Event;
import io.stockobserver.health.Alerts;
import io.stockobserver.health.Check;
import io.stockobserver.health.Health;
import io.stockobserver.secret.Secrets.Sighting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when a secret was about to leave (founding document, 5.1): its provider is called no
 * more, its feed is closed, its token is given back, an event and a check say so. Once a secret's
 * owner; the act itself is on a thread of its own, because whoever logs must not wait. Thread-safe.
 */
final class SecretAlarm implements Consumer<Sighting>, AutoCloseable {
  /** Whose secret opens this machine's commands. */
  static final String CONTROL = "observer.lock";

  private static final Logger LOG = LoggerFactory.getLogger(SecretAlarm.class);

  private static final String NO_MORE = "; it is called no more and its feed is closed";

  private final Rooms rooms;
  private final InstantSource clock;
  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private final ExecutorService worker = Executors.newSingleThreadExecutor(SecretAlarm::thread);

  SecretAlarm(Rooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "secret-alarm");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void accept(Sighting sighting) {
    if (seen.putIfAbsent(sighting.owner(), sighting.where()) == null && !worker.isShutdown()) {
      worker.execute(() -> act(sighting));
    }
  }

  private void act(Sighting sighting) {
    List<Room> concerned =
        rooms.all().stream().filter(room -> room.provider().equals(sighting.owner())).toList();
    LOG.error(
        "A secret of {} was seen in {} and masked{}; {}",
        sighting.owner(),
        sighting.where(),
        concerned.isEmpty() ? "" : NO_MORE,
        remedy(sighting.owner()));
    concerned.forEach(Room::abandonKeys);
    concerned.forEach(room -> room.recorder().session().secretSeen());
    for (Room room : concerned.isEmpty() ? rooms.all() : concerned) {
      room.recorder()
          .event(
              Event.of("secret_seen", clock.instant())
                  .with("where", sighting.where())
                  .with("secret", sighting.owner())
                  .with("remedy", remedy(sighting.owner())));
    }
  }

  private static String remedy(String owner) {
    return switch (owner) {
      case CONTROL -> "start again: each start has a token of its own";
      case HttpRoom.ONE_TIME -> "start again: each start has a password of its own";
      case HttpRoom.KEY_STORE ->
          "remove the key store and its password, start again, pin the new certificate";
      default ->
          "rotate the secret of " + owner + ", give the new one to the environment, start again";
    };
  }

  /** One for each provider and one for all else. */
  List<Check> checks() {
    List<Check> all = new ArrayList<>();
    for (Room room : rooms.all()) {
      all.add(check(room.provider(), room.provider()));
    }
    String other =
        seen.keySet().stream()
            .filter(owner -> rooms.all().stream().noneMatch(r -> r.provider().equals(owner)))
            .findFirst()
            .orElse("");
    all.add(check("", other));
    return all;
  }

  private Check check(String provider, String owner) {
    String where = seen.get(owner);
    return where == null
        ? Check.well(Alerts.SECRET, provider, "none was seen")
        : new Check(
            Alerts.SECRET,
            provider,
            Health.DOWN,
            "a secret of "
                + owner
                + " was seen in "
                + where
                + " and masked"
                + (provider.isEmpty() ? "" : NO_MORE),
            remedy(owner));
  }

  @Override
  public void close() {
    worker.shutdown();
  }
}
