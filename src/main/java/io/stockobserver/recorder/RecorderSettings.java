package io.stockobserver.recorder;

import io.stockobserver.market.Window;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.trigger.TriggerSettings;
import io.stockobserver.universe.MembershipRule;
import io.stockobserver.universe.UniverseSources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What decides a record beside the tape.
 *
 * @param root the archive's
 * @param streams the feeds that stream; all others are requests and answers
 * @param scalpEvery how far two samples are apart at mitigation level 0; each level doubles it
 * @param silence a feed that says nothing for longer has old states
 * @param ruleText the universe's rule as its file tells it
 * @param universeSources what must be read before a universe is frozen
 * @param configSha256 a hash over every setting, for the session's evidence
 */
public record RecorderSettings(
    Path root,
    String provider,
    String market,
    Set<String> streams,
    Window scalpWindow,
    Duration scalpEvery,
    SweepGrid sweeps,
    SlotRules slotRules,
    TriggerSettings triggers,
    Duration silence,
    MembershipRule rule,
    String ruleText,
    UniverseSources universeSources,
    VenueTraits traits,
    String configSha256) {
  public RecorderSettings {
    streams = Set.copyOf(streams);
  }
}
