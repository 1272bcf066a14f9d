/**
 * Outward: a recorded day told once more over the network, in the outside form of its venue, so
 * that any client of the venue can connect to it. It speaks from the tape alone: what nobody said
 * then it does not say. Shares no code with the providers that read what it tells. Read {@link
 * io.stockobserver.playback.Playback} first.
 */
@NullMarked
package io.stockobserver.playback;

import org.jspecify.annotations.NullMarked;
