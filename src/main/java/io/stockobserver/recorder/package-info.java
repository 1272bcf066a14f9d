/**
 * Everything behind the tape: entries in, lines out. A {@code Sequencer} numbers what was heard,
 * has it written, and only then has it read; what comes of it is a function of the tape alone, so
 * that the same tape leaves the same archive. It opens no file and no socket and asks no clock but
 * for the moment of a note. Read {@code Sequencer} first, then {@code Recorder}, its face to the
 * other rooms, and {@code Interpreter}, which reads.
 */
@NullMarked
package io.stockobserver.recorder;

import org.jspecify.annotations.NullMarked;
