/**
 * A backup is read back from its disk and gives its word, and a day is brought back. Read {@link
 * io.stockobserver.backup.drilling.DrillRound} first.
 */
@NullMarked
package io.stockobserver.backup.drilling;

import org.jspecify.annotations.NullMarked;
