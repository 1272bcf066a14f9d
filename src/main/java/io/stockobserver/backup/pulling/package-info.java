/**
 * Another machine fetches packages and proves them while they stream, into a tree in which nothing
 * is deleted. Read {@link io.stockobserver.backup.pulling.Puller} first.
 */
@NullMarked
package io.stockobserver.backup.pulling;

import org.jspecify.annotations.NullMarked;
