package io.stockobserver.recorder;

import io.stockobserver.universe.MembershipRule;
import io.stockobserver.universe.UniverseSources;
import java.nio.file.Path;
import java.util.Set;

/**
 * What decides a record beside the tape.
 *
 * @param root the archive's
 * @param streams the feeds that stream; all others are requests and answers
 * @param rules with which a session begins
 * @param ruleText the universe's rule as its file tells it
 * @param universeSources what must be read before a universe is frozen
 * @param configSha256 a hash over every setting, for the session's evidence
 */
public record RecorderSettings(
    Path root,
    String provider,
    String market,
    Set<String> streams,
    Rules rules,
    MembershipRule rule,
    String ruleText,
    UniverseSources universeSources,
    VenueTraits traits,
    String configSha256) {
  public RecorderSettings {
    streams = Set.copyOf(streams);
  }
}
