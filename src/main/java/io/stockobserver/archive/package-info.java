/** The book: the tape and JSON lines in segments that seal, and the manifests that prove them. */
@NullMarked
package io.stockobserver.archive;

import org.jspecify.annotations.NullMarked;
