/**
 * Yesterday is safe: a day is frozen as a signed package, fetched by another machine and proven
 * there. What a package and a receipt are is {@code archive.packages}'; what may be forgotten once
 * they are there is {@code retention}'s. Whoever asks over HTTP comes in through {@code
 * route.http}. Read {@link io.stockobserver.backup.packing.Packager} first, then {@link
 * io.stockobserver.backup.serving.BackupDesk} for the server's side and {@link
 * io.stockobserver.backup.pulling.Puller} for the backup's.
 */
@NullMarked
package io.stockobserver.backup;

import org.jspecify.annotations.NullMarked;
