package io.stockobserver.backup.pulling;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a backup pulls.
 *
 * @param root of its tree
 * @param by its own name, for receipts
 * @param parallel files at once from each server
 * @param maxAge of the newest package
 */
public record PullSettings(Path root, String by, int parallel, Duration maxAge, Patience patience) {

  /** This machine's name, made fit for a receipt. */
  public static String hostName() {
    try {
      String host = InetAddress.getLocalHost().getHostName();
      String fit = host.replaceAll("[^A-Za-z0-9_.-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
      return fit.isEmpty() ? "backup" : fit.substring(0, Math.min(60, fit.length()));
    } catch (UnknownHostException unnamed) {
      return "backup";
    }
  }
}
