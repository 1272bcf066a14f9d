/**
 * A crooked house: every class here breaks one rule of {@code HouseTest}, so that each rule is seen
 * to fail at every build. The rooms have no package-info on purpose.
 */
package io.stockobserver.planted;
