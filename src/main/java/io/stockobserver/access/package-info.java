/**
 * Who may come in: the accounts of people, how their passwords are kept and checked, how wrong ones
 * are slowed down, and which requests are let in at all. It knows no port; read {@link
 * io.stockobserver.access.HouseRules} and {@link io.stockobserver.access.Logins} first. The token
 * of backups is not its business.
 */
@NullMarked
package io.stockobserver.access;

import org.jspecify.annotations.NullMarked;
