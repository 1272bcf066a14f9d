/**
 * What a server gives out of its packages, to whom, and how fast; no HTTP. Read {@link
 * io.stockobserver.backup.serving.BackupDesk} first.
 */
@NullMarked
package io.stockobserver.backup.serving;

import org.jspecify.annotations.NullMarked;
