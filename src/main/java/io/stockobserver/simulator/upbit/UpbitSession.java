package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.Line;
import io.stockobserver.simulator.Outbox;
import io.stockobserver.simulator.Traffic;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One socket with its subscription and the objects that wait for the end of the beat. */
final class UpbitSession {
  private static final long CLOSE_AFTER_MILLIS = 150;
  private static final int NORMAL = 1000;
  private static final int LONGEST_LIST = 8;

  private final ServerWebSocket socket;
  private final Line line;
  private final Traffic traffic;
  private final Outbox<String> outbox;
  private final Quota quota = new Quota(System::nanoTime);
  private final Map<String, List<Sub>> subs = new LinkedHashMap<>();
  private final List<String> waiting = new ArrayList<>();
  private Wish.Format format = Wish.Format.DEFAULT;
  private int subCount;
  private int listLength = 1;
  private boolean beats;
  private boolean frozen;
  private boolean flooding;
  private boolean doomed;
  private long lastActive = System.nanoTime();

  UpbitSession(ServerWebSocket socket, Traffic traffic, Outbox<String> outbox) {
    this.socket = socket;
    this.traffic = traffic;
    this.outbox = outbox;
    line = new Line(socket);
  }

  ServerWebSocket socket() {
    return socket;
  }

  Line line() {
    return line;
  }

  Quota quota() {
    return quota;
  }

  Wish.Format format() {
    return format;
  }

  Collection<List<Sub>> subs() {
    return subs.values();
  }

  List<Sub> subs(String code) {
    return subs.getOrDefault(code, List.of());
  }

  /** A new request replaces all that was subscribed. */
  void replace(List<Sub> wanted, Wish.Format how) {
    forget();
    format = how;
    wanted.forEach(sub -> subs.computeIfAbsent(sub.code(), code -> new ArrayList<>()).add(sub));
    subCount = wanted.size();
    count(subCount);
  }

  void forget() {
    count(-subCount);
    subCount = 0;
    subs.clear();
    waiting.clear();
  }

  private void count(int change) {
    if (!frozen) {
      traffic.registered(change);
    }
  }

  /** Whether data is to be sent by beats. */
  boolean deaf() {
    return frozen || flooding || doomed || socket.isClosed();
  }

  boolean frozen() {
    return frozen;
  }

  boolean doomed() {
    return doomed;
  }

  void setFlooding(boolean on) {
    flooding = on;
    touch();
  }

  /** It has said PING once: from now on it is told that the server is up. */
  void wantBeats() {
    beats = true;
  }

  boolean wantsBeats() {
    return beats && !deaf();
  }

  void touch() {
    lastActive = System.nanoTime();
  }

  long idleMillis() {
    return flooding ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastActive);
  }

  /** From now on, or no longer, nothing is read or written though TCP stays. */
  void freeze(boolean on) {
    if (on == frozen) {
      return;
    }
    // What a dead socket subscribed is not in force.
    if (on) {
      count(-subCount);
    }
    frozen = on;
    if (!on) {
      count(subCount);
      touch();
    }
    line.freeze(on);
  }

  /** At once, before what waits. */
  void say(String text) {
    if (!frozen && !socket.isClosed()) {
      socket.writeBinaryMessage(Buffer.buffer(text));
      touch();
    }
  }

  /** Tells what was wrong and closes a moment later. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void fail(String error) {
    say(error);
    doomed = true;
    line.channel()
        .eventLoop()
        .schedule(() -> socket.close((short) NORMAL), CLOSE_AFTER_MILLIS, TimeUnit.MILLISECONDS);
  }

  void enqueue(String object) {
    waiting.add(object);
  }

  void discard() {
    waiting.clear();
  }

  /** Sends what waits: each object by itself, or in lists of one and of many. */
  void flush(boolean inLists) {
    if (waiting.isEmpty()) {
      return;
    }
    if (!deaf()) {
      List<String> frames = format.listed() || inLists ? lists() : waiting;
      long sent = outbox.send(frames, frame -> socket.writeBinaryMessage(Buffer.buffer(frame)));
      traffic.sent(sent, waiting.size());
      touch();
    }
    discard();
  }

  private List<String> lists() {
    List<String> lists = new ArrayList<>();
    for (int i = 0; i < waiting.size(); ) {
      int end = Math.min(waiting.size(), i + listLength);
      lists.add("[" + String.join(",", waiting.subList(i, end)) + "]");
      listLength = listLength % LONGEST_LIST + 1;
      i = end;
    }
    return lists;
  }
}
