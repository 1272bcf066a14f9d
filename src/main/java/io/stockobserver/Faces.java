package io.stockobserver;

import io.stockobserver.route.Actors;
import io.stockobserver.route.ArchiveFace;
import io.stockobserver.route.BudgetFace;
import io.stockobserver.route.CopiesFace;
import io.stockobserver.route.FeedFace;
import io.stockobserver.route.Shown;
import io.stockobserver.route.SlotsFace;
import io.stockobserver.venue.FeedState;
import java.util.List;
import java.util.function.Supplier;

/** What an operator sees of one venue over JMX, beside its level and its retention. */
final class Faces {
  private Faces() {}

  /** Shows them until they are closed. */
  static List<Shown> show(Room room, Supplier<List<FeedState>> feeds, Actors actors) {
    return List.of(
        SlotsFace.show(room.recorder(), actors),
        FeedFace.show(room.recorder(), feeds),
        BudgetFace.show(room.provider(), room::budget),
        ArchiveFace.show(room.archive(), room.recorder(), room.sealing()),
        CopiesFace.show(room.archive().settings().root(), room.provider(), System::nanoTime));
  }
}
