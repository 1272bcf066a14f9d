package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.Line;
import io.stockobserver.simulator.Outbox;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.simulator.world.Instrument;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One feed socket with its registrations and the frames that wait for the next beat. */
final class KisSession {
  /** A TR and a symbol. */
  record Key(KisTrs tr, String symbol) {}

  /** A registration and the frame it is filling. */
  static final class Registration {
    final Key key;
    final Instrument instrument;
    final StringBuilder records = new StringBuilder();
    int count;
    boolean stirred;
    int lastSecond = -1;

    Registration(Key key, Instrument instrument) {
      this.key = key;
      this.instrument = instrument;
    }
  }

  private final ServerWebSocket socket;
  private final Traffic traffic;
  private final Outbox<String> outbox;
  private final Line line;
  private final Map<Key, Registration> registrations = new LinkedHashMap<>();
  private final List<String> waiting = new ArrayList<>();
  private long waitingRecords;
  private boolean holdsKey;
  private boolean frozen;
  private boolean flooding;

  KisSession(ServerWebSocket socket, Traffic traffic, Outbox<String> outbox) {
    this.socket = socket;
    this.traffic = traffic;
    this.outbox = outbox;
    line = new Line(socket);
  }

  Line line() {
    return line;
  }

  Collection<Registration> registrations() {
    return registrations.values();
  }

  @Nullable Registration registration(Key key) {
    return registrations.get(key);
  }

  void add(Registration registration) {
    registrations.put(registration.key, registration);
    count(1);
  }

  void remove(Key key) {
    if (registrations.remove(key) != null) {
      count(-1);
    }
  }

  void forget() {
    count(-registrations.size());
    registrations.clear();
    holdsKey = false;
  }

  private void count(int change) {
    if (!frozen) {
      traffic.registered(change);
    }
  }

  boolean holdsKey() {
    return holdsKey && !frozen;
  }

  void holdKey() {
    holdsKey = true;
  }

  boolean frozen() {
    return frozen;
  }

  boolean flooding() {
    return flooding;
  }

  void setFlooding(boolean on) {
    flooding = on;
  }

  /** From now on, or no longer, nothing is read or written though TCP stays. */
  void freeze(boolean on) {
    if (on == frozen) {
      return;
    }
    // A dead socket's registrations are not in force.
    if (on) {
      count(-registrations.size());
    }
    frozen = on;
    if (!on) {
      count(registrations.size());
    }
    line.freeze(on);
  }

  /** A control message: at once, before waiting frames. */
  void say(String message) {
    if (!frozen && !socket.isClosed()) {
      socket.writeTextMessage(message);
    }
  }

  ServerWebSocket socket() {
    return socket;
  }

  /** Ends the frame that a registration is filling; it goes out with the next flush. */
  void finish(Registration registration, boolean wrongCount) {
    if (registration.count == 0) {
      return;
    }
    int declared = registration.count + (wrongCount ? 1 : 0);
    waiting.add(frame(registration.key.tr().name(), declared, registration.records));
    waitingRecords += registration.count;
    registration.records.setLength(0);
    registration.count = 0;
  }

  static String frame(String tr, int count, CharSequence records) {
    StringBuilder frame = new StringBuilder(records.length() + 16);
    frame.append("0|").append(tr).append('|');
    frame.append((char) ('0' + count / 100)).append((char) ('0' + count / 10 % 10));
    return frame.append((char) ('0' + count % 10)).append('|').append(records).toString();
  }

  void enqueue(String frame, int records) {
    waiting.add(frame);
    waitingRecords += records;
  }

  void discard() {
    waiting.clear();
    waitingRecords = 0;
  }

  /** Sends what waits, as the faults want it. */
  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    if (frozen || socket.isClosed()) {
      discard();
      return;
    }
    long sent = outbox.send(waiting, socket::writeTextMessage);
    traffic.sent(sent, waitingRecords);
    discard();
  }
}
