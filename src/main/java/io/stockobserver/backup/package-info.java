/**
 * Yesterday is safe: a day is frozen as a signed package, fetched by another machine and proven
 * there. What a package and a receipt are is {@code archive.packages}'; what may be forgotten once
 * they are there is {@code retention}'s. Read {@link io.stockobserver.backup.Packager} first.
 */
@NullMarked
package io.stockobserver.backup;

import org.jspecify.annotations.NullMarked;
