/**
 * Ground: what was heard and said, in one order. Read {@link io.stockobserver.tape.Entry} first: it
 * is one line of the tape; {@link io.stockobserver.tape.TapeLines} writes and reads such lines.
 * This room knows no files: where a line stands is the archive's business.
 */
@NullMarked
package io.stockobserver.tape;

import org.jspecify.annotations.NullMarked;
