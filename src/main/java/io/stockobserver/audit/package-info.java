/**
 * Reads archive and evidence and proves the day: every second of every track's window is recorded
 * or explained. It reads files alone, by docs/archive-format.md section 9, and shares no decision
 * with what wrote them. Not for repairing anything. Read {@code Audit} first.
 */
@NullMarked
package io.stockobserver.audit;

import org.jspecify.annotations.NullMarked;
