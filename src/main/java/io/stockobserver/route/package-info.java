/** The edge: everything that knows Camel and is not YAML. */
@NullMarked
package io.stockobserver.route;

import org.jspecify.annotations.NullMarked;
