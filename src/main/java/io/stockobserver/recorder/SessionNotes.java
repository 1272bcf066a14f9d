package io.stockobserver.recorder;

import io.stockobserver.archive.Sha256;
import io.stockobserver.market.TradingDay;
import io.stockobserver.mitigation.LevelChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said of a session on its own tape: that it begins and ends, which day, universe, level
 * and rules hold, and what operators want. Each word is a note that the {@link Interpreter} obeys,
 * so that it holds in a replay as well. Thread-safe; every word waits until it is on the tape and
 * read.
 */
public final class SessionNotes {
  private static final Logger LOG = LoggerFactory.getLogger(SessionNotes.class);

  private final RecorderSettings settings;
  private final Interpreter interpreter;
  private final Sequencer sequencer;

  SessionNotes(RecorderSettings settings, Interpreter interpreter, Sequencer sequencer) {
    this.settings = settings;
    this.interpreter = interpreter;
    this.sequencer = sequencer;
  }

  /** Begins a session: from here on the archive is being written. */
  public void start(String sessionId, Map<String, ?> more) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("session_id", sessionId);
    fields.put("config_sha256", settings.configSha256());
    fields.put("mitigation_level", 0);
    fields.putAll(DayNote.of(interpreter.days().today(), interpreter.rules().now()));
    fields.put("rules", interpreter.rules().now().fields());
    fields.putAll(more);
    note("session", Notes.SESSION_STARTED, fields);
  }

  /** The session is about to end: what closes from now on was closed by us. */
  public void stopping(String reason) {
    note("session", Notes.SESSION_STOPPING, Map.of("reason", reason));
  }

  /** Ends the session; what is still open ends with it. */
  public void stop(String reason) {
    note("session", Notes.SESSION_STOPPED, Map.of("reason", reason));
  }

  /** Another day has begun, or the calendar has learnt better. */
  public void turn(TradingDay day) {
    note("session", Notes.DAY, DayNote.of(day, interpreter.rules().now()));
  }

  /** Uses the universe that was frozen earlier today, if there is one. */
  public void useFrozenUniverse() {
    String path = interpreter.universes().path(interpreter.days());
    try {
      byte[] frozen = Files.readAllBytes(settings.root().resolve(path));
      useUniverse(path, Sha256.of(frozen));
    } catch (NoSuchFileException e) {
      // The first session of the day freezes it.
    } catch (IOException e) {
      LOG.error("{} cannot be read; a new universe is made", path, e);
    }
  }

  void useUniverse(String path, String sha256) {
    note("universe", Notes.UNIVERSE, Map.of("path", path, "sha256", sha256));
  }

  /** Another level of mitigation holds from now on. */
  public void level(LevelChange change) {
    note("mitigation", Notes.LEVEL, Notes.of(change));
  }

  /**
   * Others hold from now on: what is due, how many places there are, what fires.
   *
   * @param why for the evidence
   */
  public void follow(Rules other, String why) {
    note(
        "session",
        Notes.RULES,
        () -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("reason", why);
          fields.putAll(DayNote.of(interpreter.days().today(), other));
          fields.put("rules", other.fields());
          return fields;
        });
  }

  /**
   * An operator's word about one symbol's place; it is evidence and takes effect at once.
   *
   * @param actor who says so
   * @throws IllegalArgumentException when there is no such symbol today, or no reason
   */
  public void operator(SlotWord word, String symbol, String actor, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("say why: a reason belongs to every word of an operator");
    }
    if (interpreter.days().members().limits(symbol) == null) {
      throw new IllegalArgumentException(symbol + " is not in today's universe");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("act", word.name().toLowerCase(Locale.ROOT));
    fields.put("symbol", symbol);
    fields.put("actor", actor);
    fields.put("reason", reason);
    note("operator", Notes.OPERATOR, fields);
  }

  /**
   * An operator has stopped the route that beats for a track, or lets it beat again: what is missed
   * between is nobody's failure, and its marker says {@code operator}.
   *
   * @param route for the evidence
   */
  public void halt(TrackWord track, boolean halted, String route) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("track", track.name().toLowerCase(Locale.ROOT));
    fields.put("halted", halted);
    fields.put("route", route);
    note("operator", Notes.HALT, fields);
  }

  /** One of the venue's secrets was seen: from now on nobody listens to it, and that is why. */
  public void secretSeen() {
    note("secret", Notes.SECRET_SEEN, Map.of());
  }

  private void note(String feed, String name, Map<String, ?> fields) {
    note(feed, name, () -> fields);
  }

  /** With fields of the moment that its turn has come at. */
  private void note(String feed, String name, Supplier<Map<String, ?>> fields) {
    sequencer.record(() -> List.of(sequencer.note(feed, name, fields.get())));
  }
}
