/** The live places a venue grants us, and who sits in them. Read {@code SlotBoard} first. */
@NullMarked
package io.stockobserver.slot;

import org.jspecify.annotations.NullMarked;
