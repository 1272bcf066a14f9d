package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
  private final HandClock clock = new HandClock("2026-11-20T00:30:00Z");
  private final AtomicLong frames = new AtomicLong();

  private Faults faults(String json) {
    return new Faults(FaultScript.parse(json).faults(), clock, frames::get);
  }

  @Test
  void startsAtAnInstantAndEndsAfterItsDuration() {
    Faults faults =
        faults(
            "{\"faults\":[{\"kind\":\"storm\",\"at\":\"2026-11-20T00:31:00Z\",\"for\":\"5m\"}]}");

    assertThat(faults.active(FaultKind.STORM)).isNull();
    clock.forward(Duration.ofMinutes(1));
    assertThat(faults.active(FaultKind.STORM)).isNotNull();
    clock.forward(Duration.ofMinutes(5));
    assertThat(faults.active(FaultKind.STORM)).isNull();
  }

  @Test
  void startsAfterAnOffsetAndIsHandedOutOnce() {
    Faults faults = faults("{\"faults\":[{\"kind\":\"drop\",\"after\":\"90s\"}]}");

    assertThat(faults.takeDue()).isEmpty();
    clock.forward(Duration.ofSeconds(90));
    assertThat(faults.takeDue()).extracting(Fault::kind).containsExactly(FaultKind.DROP);
    assertThat(faults.takeDue()).isEmpty();
  }

  @Test
  void startsAfterSoManyFramesAndLastsFromThen() {
    Faults faults =
        faults(
            "{\"faults\":[{\"kind\":\"stall\",\"after_frames\":100,\"for\":\"PT10S\",\"pings\":true}]}");

    assertThat(faults.active(FaultKind.STALL)).isNull();
    frames.set(100);
    assertThat(faults.active(FaultKind.STALL)).extracting(Fault::pings).isEqualTo(true);
    clock.forward(Duration.ofSeconds(10));
    assertThat(faults.active(FaultKind.STALL)).isNull();
  }

  @Test
  void everyKeyIsRead() {
    Fault fault =
        FaultScript.parse(
                """
                {"faults":[{"kind":"out-of-order","code":1012,"share":0.5,"shape":"x","path":"price",
                "count":7,"delay":"250ms"}]}""")
            .faults()
            .get(0);

    assertThat(fault.kind()).isEqualTo(FaultKind.OUT_OF_ORDER);
    assertThat(fault.code()).isEqualTo(1012);
    assertThat(fault.share()).isEqualTo(0.5);
    assertThat(fault.shape()).isEqualTo("x");
    assertThat(fault.path()).isEqualTo("price");
    assertThat(fault.count()).isEqualTo(7);
    assertThat(fault.delay()).isEqualTo(Duration.ofMillis(250));
    assertThat(fault.lasting()).isNull();
    assertThat(Fault.of(FaultKind.DROP).at(Instant.EPOCH).after(Duration.ZERO).at()).isNull();
  }

  @Test
  void eachVenueHasFaultsOfItsOwn() {
    FaultScript script =
        FaultScript.parse(
            """
            {"faults":[{"kind":"drop"},{"venue":"upbit","kind":"delist","shape":"KRW-ETC"},
            {"venue":"kis","kind":"storm"},{"venue":"upbit","kind":"stale","delay":"30s"}]}""");

    assertThat(script.faults())
        .extracting(Fault::kind)
        .containsExactly(FaultKind.DROP, FaultKind.STORM);
    assertThat(script.faults(FaultScript.UPBIT))
        .extracting(Fault::kind)
        .containsExactly(FaultKind.DELIST, FaultKind.STALE);
    FaultScript both =
        FaultScript.of(Fault.of(FaultKind.DROP))
            .and(FaultScript.at(FaultScript.UPBIT, Fault.of(FaultKind.STALL)));
    assertThat(both.faults()).hasSize(1);
    assertThat(both.faults(FaultScript.UPBIT)).hasSize(1);
    assertThatThrownBy(
            () -> FaultScript.parse("{\"faults\":[{\"venue\":\"moon\",\"kind\":\"drop\"}]}"))
        .hasMessage("venue 'moon' is not simulated");
  }

  @Test
  void whatIsNoScriptIsRefusedInOneLine() {
    assertThatThrownBy(() -> FaultScript.parse("[")).hasMessage("fault script is no JSON");
    assertThatThrownBy(() -> FaultScript.parse("{}"))
        .hasMessage("fault script needs an array named 'faults'");
    assertThatThrownBy(() -> FaultScript.parse("{\"faults\":[{\"kind\":\"explode\"}]}"))
        .hasMessage("fault kind 'explode' is not known");
    assertThatThrownBy(() -> FaultScript.parse("{\"faults\":[{\"kind\":\"drop\",\"when\":1}]}"))
        .hasMessage("fault key 'when' is not known");
    assertThatThrownBy(
            () -> FaultScript.parse("{\"faults\":[{\"kind\":\"drop\",\"after\":\"soon\"}]}"))
        .hasMessage("fault duration 'soon' is none");
  }
}
