/**
 * The commands for a person at a terminal. They read options, print, and know exit codes; the work
 * is done in the rooms. Read {@link io.stockobserver.cli.ObserverCommand} first.
 */
@NullMarked
package io.stockobserver.cli;

import org.jspecify.annotations.NullMarked;
