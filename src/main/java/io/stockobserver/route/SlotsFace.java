package io.stockobserver.route;

import io.stockobserver.recorder.Recorder;
import io.stockobserver.recorder.SlotWord;
import java.util.List;

/** Shows one recorder's slots over JMX. Thread-safe. */
public final class SlotsFace implements SlotsFaceMXBean {
  private final Recorder recorder;
  private final Actors actors;

  private SlotsFace(Recorder recorder, Actors actors) {
    this.recorder = recorder;
    this.actors = actors;
  }

  /** Shows them as {@code io.stockobserver:type=Slots,provider=…} until it is closed. */
  public static Shown show(Recorder recorder, Actors actors) {
    return Shown.as(
        "io.stockobserver:type=Slots,provider=" + recorder.state().provider(),
        SlotsFaceMXBean.class,
        new SlotsFace(recorder, actors));
  }

  @Override
  public int getCapacity() {
    return recorder.state().slotsCapacity();
  }

  @Override
  public int getAcknowledged() {
    return recorder.state().slotsAcknowledged();
  }

  @Override
  public int getReceiving() {
    return recorder.state().slotsReceiving();
  }

  @Override
  public List<String> getNotReceiving() {
    return recorder.state().notReceiving();
  }

  @Override
  public List<SlotRow> getBoard() {
    return recorder.slots().stream().map(SlotRow::of).toList();
  }

  @Override
  public void pin(String symbol, String actor, String reason) {
    recorder.session().operator(SlotWord.PIN, symbol, actors.or(actor), reason);
  }

  @Override
  public void release(String symbol, String actor, String reason) {
    recorder.session().operator(SlotWord.RELEASE, symbol, actors.or(actor), reason);
  }

  @Override
  public void exclude(String symbol, String actor, String reason) {
    recorder.session().operator(SlotWord.EXCLUDE, symbol, actors.or(actor), reason);
  }
}
