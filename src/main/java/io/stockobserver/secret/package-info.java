/**
 * The words that must not leave this process, and what is done where one is about to. {@code
 * Secrets} masks them in whatever it is shown; it keeps no key and grants none.
 */
@NullMarked
package io.stockobserver.secret;

import org.jspecify.annotations.NullMarked;
