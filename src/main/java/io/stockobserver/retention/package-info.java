/**
 * What may be forgotten, and when: only days that are sealed, packaged, fetched and read back
 * elsewhere. It neither makes packages nor fetches them; it believes what lies in the archive, and
 * before anything is deleted it reads that once more. Read {@link
 * io.stockobserver.retention.RetentionPolicy} first, which decides and touches nothing.
 */
@NullMarked
package io.stockobserver.retention;

import org.jspecify.annotations.NullMarked;
