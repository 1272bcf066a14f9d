package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A REST side that fails leaves evidence, spares the feed, and is used again once it is well. */
class BadVenueIT {
  @TempDir Path dir;

  @Test
  void aVenueThatAnswersNonsenseCostsSweepsOnly() {
    try (Observatory o = few().observe()) {
      o.awaitSlots(41);
      Observatory.await("a sweep", () -> o.state().sweepsDone() >= 1);
      List<FaultKind> kinds = List.of(FaultKind.ERROR, FaultKind.HTML, FaultKind.EMPTY);
      for (FaultKind kind : kinds) {
        o.venue().faults().trigger(Fault.of(kind).withPath("multprice"));
        int gaps = o.books().gaps("swing", "api_error").size();
        Observatory.await(kind + "", () -> o.books().gaps("swing", "api_error").size() > gaps);
        o.venue().faults().clear(kind);
      }
      recovers(o);
      o.end();
      Books books = o.books();
      assertThat(books.events("answer_refused").stream().map(e -> text(e, "reason")).distinct())
          .contains("server-error", "not-json", "empty-answer");
      feedWasSpared(o);
    }
  }

  @Test
  @Tag("fault")
  void aVenueOutOfReachCostsSweepsOnly() {
    try (Observatory o = few();
        Door door = new Door(o.open().restUrl())) {
      o.set("provider.kis.rest.url", door.url()).observe();
      o.awaitSlots(41);
      Observatory.await("a sweep", () -> o.state().sweepsDone() >= 1);
      door.shut();
      Observatory.await("a gap", () -> !o.books().gaps("swing", "api_error").isEmpty());
      door.open();
      recovers(o);
      o.end();
      assertThat(o.books().events("answer_refused"))
          .anySatisfy(e -> assertThat(text(e, "reason")).isEqualTo("unreachable"));
      feedWasSpared(o);
    }
  }

  @Test
  void aTornMasterFileFreezesNoUniverseAndIsEvidence() {
    try (Observatory o = few()) {
      o.open().faults().trigger(Fault.of(FaultKind.TRUNCATED_ZIP));
      o.observe();
      o.awaitEvents("answer_refused", 2);
      assertThat(o.state().universeFrozen()).isFalse();
      o.end();
      Books books = o.books();
      assertThat(books.events("answer_refused"))
          .anySatisfy(e -> assertThat(text(e, "reason")).isEqualTo("zip-truncated"));
      assertThat(books.files("universe")).isEmpty();
      books.verified();
    }
  }

  @Test
  @Tag("fault")
  void aTornMasterFileIsFetchedAgain() {
    try (Observatory o = few()) {
      o.open().faults().trigger(Fault.of(FaultKind.TRUNCATED_ZIP));
      o.observe();
      o.awaitEvents("answer_refused", 2);
      o.venue().faults().clear();
      o.pass(Duration.ofSeconds(30));
      o.awaitSlots(41);
      o.end();
      assertThat(o.books().events("universe_created")).hasSize(1);
    }
  }

  /** A small universe and quick sweeps, so that a failing one does not take long. */
  private Observatory few() {
    return new Observatory(dir, "10:01:00")
        .set("track.swing.every", "2s")
        .set("universe.kr_stocks.min-price", "100000");
  }

  private static void recovers(Observatory o) {
    Instant now = o.clock().instant();
    Observatory.await(
        "a whole sweep",
        () ->
            o.books().events("sweep_finished").stream()
                .anyMatch(s -> instant(s, "sweep_at").isAfter(now) && !s.has("missing")));
  }

  private static void feedWasSpared(Observatory o) {
    Books books = o.books();
    assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
    assertThat(books.gaps("scalp", "ws_disconnect")).isEmpty();
    long samples = books.scalp().stream().map(line -> text(line, "sample_time")).distinct().count();
    long first = instant(books.scalp().get(0), "sample_time").toEpochMilli();
    long last = instant(books.scalp().get(books.scalp().size() - 1), "sample_time").toEpochMilli();
    assertThat(samples).as("a sample every half second").isEqualTo((last - first) / 500 + 1);
    books.verified();
  }
}
