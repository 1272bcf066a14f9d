/**
 * A day as it is handed out: what is in it, who signed it, and the receipts of who holds a copy.
 * Values and their files only; making, fetching and proving packages is {@code backup}'s,
 * forgetting days is {@code retention}'s. Read {@link
 * io.stockobserver.archive.packages.PackageManifest} first.
 */
@NullMarked
package io.stockobserver.archive.packages;

import org.jspecify.annotations.NullMarked;
