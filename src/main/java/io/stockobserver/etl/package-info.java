/**
 * Loads a day of the archive into a trading database and proves that both say the same. It reads
 * what the manifests vouch for, writes PostgreSQL and nothing else, and decides nothing about what
 * the lines mean. What the database looks like is in docs/database.md. Read {@code Etl} first.
 */
@NullMarked
package io.stockobserver.etl;

import org.jspecify.annotations.NullMarked;
