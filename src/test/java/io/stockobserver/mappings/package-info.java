/**
 * The mapping tables of {@code config/mappings}: which of a venue's fields becomes which of ours. A
 * table is tried against the provider's real reader, both ways, and docs/mappings.md is written
 * from it. Not for what a figure must be like to be kept: that is {@code observe}. Read {@code
 * MappingTable} first, then {@code MappingCheck}.
 */
@NullMarked
package io.stockobserver.mappings;

import org.jspecify.annotations.NullMarked;
