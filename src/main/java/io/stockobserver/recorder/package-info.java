/**
 * Everything behind the tape: entries in, lines out. A {@code Recorder} numbers what was heard, has
 * it written, and only then reads it; what it decides is a function of the tape alone, so that the
 * same tape leaves the same archive. It opens no file and no socket and asks no clock but for the
 * moment of a note. Read {@code Recorder} first, then {@code Desk} in the room {@code venue}.
 */
@NullMarked
package io.stockobserver.recorder;

import org.jspecify.annotations.NullMarked;
