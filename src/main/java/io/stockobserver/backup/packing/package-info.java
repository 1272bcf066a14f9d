/**
 * A day is frozen as a signed package, file by file, and chained to the one before. Read {@link
 * io.stockobserver.backup.packing.Packager} first.
 */
@NullMarked
package io.stockobserver.backup.packing;

import org.jspecify.annotations.NullMarked;
