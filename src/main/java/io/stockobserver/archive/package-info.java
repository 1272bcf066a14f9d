/**
 * The book: the tape and JSON lines in segments that seal, and the manifests that prove them. Read
 * {@link io.stockobserver.archive.Archive} first. What lies on disk is described in
 * docs/archive-format.md; this room decides nothing about what the lines say.
 */
@NullMarked
package io.stockobserver.archive;

import org.jspecify.annotations.NullMarked;
