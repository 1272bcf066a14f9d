package io.stockobserver.retention;

/**
 * What stands against deleting a day.
 *
 * @param reason one word, as events carry it
 * @param detail what exactly, and the remedy where there is one
 */
record Obstacle(String reason, String detail) {}
