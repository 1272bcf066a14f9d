/**
 * The one port of this process: opens it before anything else happens, so that a taken one is told
 * in time, and gives each who has something to say its own paths on the one router. Read {@link
 * io.stockobserver.route.http.HttpFront} first. What is answered is decided elsewhere.
 */
@NullMarked
package io.stockobserver.route.http;

import org.jspecify.annotations.NullMarked;
