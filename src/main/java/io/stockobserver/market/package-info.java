/** Ground: values that cannot be wrong, and the one clock of the market. */
@NullMarked
package io.stockobserver.market;

import org.jspecify.annotations.NullMarked;
