package io.stockobserver.route;

/**
 * Something an operator did to a route, or wanted to.
 *
 * @param room the route's group
 * @param actor who
 * @param reason why
 */
public record RouteAct(RouteVerb verb, String route, String room, String actor, String reason) {}
