/**
 * Yesterday is safe: a day is frozen as a package, handed out to backups, fetched by them and
 * proven there. Plain Java without Camel; who asks over HTTP comes in through {@code route.http}.
 * Of the server's side read {@link io.stockobserver.backup.BackupDesk} first, of the backup's
 * {@link io.stockobserver.backup.Puller}.
 */
@NullMarked
package io.stockobserver.backup;

import org.jspecify.annotations.NullMarked;
