package io.stockobserver;

import io.stockobserver.archive.Appender;
import io.stockobserver.archive.Archive;
import io.stockobserver.market.MarketClock;
import io.stockobserver.secret.Secrets;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What the front door gives a venue to build its room on.
 *
 * @param ground the settings that every venue shares
 * @param days of its market
 * @param archive its own part of the archive, open
 * @param appender where its lines go
 * @param since when this process began to observe
 * @param configSha256 of every setting
 * @param secrets what must not leave; a venue adds its own
 * @param refused to be told in one line for a person when the venue refuses us for good
 */
record Site(
    Ground ground,
    MarketDays days,
    MarketClock clock,
    Archive archive,
    Appender appender,
    Instant since,
    String configSha256,
    Secrets secrets,
    Consumer<String> refused) {}
