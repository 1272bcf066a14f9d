package io.stockobserver.route;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a bean, an attribute or an operation means to who looks at it over JMX, with its unit and
 * how old it may be; of a parameter, its name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
@interface Meaning {
  String value();
}
