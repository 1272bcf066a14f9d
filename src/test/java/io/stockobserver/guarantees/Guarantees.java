package io.stockobserver.guarantees;

import io.stockobserver.guarantees.TestReports.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Holds the promises against the reports: a promise whose test did not run is none. */
final class Guarantees {
  private static final String BASE = "io.stockobserver.";
  private static final String VERIFY = "verify";
  private static final String FAULTS = "-Pfaults";

  private Guarantees() {}

  /**
   * A sentence for every promise that nothing proves.
   *
   * @param full whether this build runs the full figures, too
   */
  static List<String> unproven(List<Promise> promises, TestReports reports, boolean full) {
    List<String> all = new ArrayList<>();
    for (Promise promise : promises) {
      String who = "guarantees.md:" + promise.line() + " \"" + promise.name() + "\": ";
      boolean faults = promise.when().equals(FAULTS);
      if (!faults && !promise.when().equals(VERIFY)) {
        all.add(who + "runs neither in " + VERIFY + " nor in " + FAULTS);
      }
      if (promise.tests().isEmpty()) {
        all.add(who + "names no test");
      }
      if (full || !faults) {
        for (String test : promise.tests()) {
          String trouble = trouble(reports.of(BASE + test));
          if (!trouble.isEmpty()) {
            all.add(who + test + ' ' + trouble);
          }
        }
      }
    }
    return all;
  }

  private static String trouble(List<Outcome> ends) {
    if (ends.isEmpty()) {
      return "is unknown or did not run in this build";
    }
    if (ends.contains(Outcome.FAILED)) {
      return "failed";
    }
    return ends.contains(Outcome.SKIPPED) ? "was skipped" : "";
  }
}
