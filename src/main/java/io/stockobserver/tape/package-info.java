/** Ground: what was heard and said, in one order. An {@code Entry} is one line of the tape. */
@NullMarked
package io.stockobserver.tape;

import org.jspecify.annotations.NullMarked;
