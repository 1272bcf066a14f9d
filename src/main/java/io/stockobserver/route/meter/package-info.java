/**
 * Figures for Prometheus: {@code Meters} has the registry and writes the page, {@code VenueMeters}
 * names what is told of a venue. Nothing is counted here: a figure is read where it is counted,
 * when somebody asks. No metric is labelled by symbol. Start with {@code VenueMeters}.
 */
@NullMarked
package io.stockobserver.route.meter;

import org.jspecify.annotations.NullMarked;
