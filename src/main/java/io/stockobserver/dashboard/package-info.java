/**
 * What a person looks at on a second screen: the state of every venue as one JSON, today's coverage
 * by the minute, and events as they happen. Reads states and the day's event file, changes nothing,
 * knows no HTTP. Read {@code Dashboard} first.
 */
@NullMarked
package io.stockobserver.dashboard;

import org.jspecify.annotations.NullMarked;
