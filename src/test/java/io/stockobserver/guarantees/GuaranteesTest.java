package io.stockobserver.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 26: a promise is red when its test is unknown, skipped, failed or of another build. */
class GuaranteesTest {
  private static final Instant SINCE = Instant.parse("2026-11-20T00:00:00Z");

  @TempDir Path reports;

  @BeforeEach
  void aBuild() throws IOException {
    report(
        "archive.SealTest",
        """
        <testsuite name="x">
          <testcase name="itHolds" classname="io.stockobserver.archive.SealTest" time="0.1"/>
          <testcase name="each(int)[1]" classname="io.stockobserver.archive.SealTest"/>
          <testcase name="each(int)[2]" classname="io.stockobserver.archive.SealTest"/>
          <testcase name="some(int)[1]" classname="io.stockobserver.archive.SealTest"/>
          <testcase name="some(int)[2]" classname="io.stockobserver.archive.SealTest"><skipped/></testcase>
          <testcase name="off" classname="io.stockobserver.archive.SealTest"><skipped message="later"/></testcase>
          <testcase name="nowhere" classname="io.stockobserver.archive.SealTest"><skipped type="x"><![CDATA[org.opentest4j.TestAbortedException: cannot run on this machine: no PostgreSQL]]></skipped></testcase>
          <testcase name="red" classname="io.stockobserver.archive.SealTest"><failure>no</failure></testcase>
        </testsuite>
        """,
        SINCE.plusSeconds(5));
    report(
        "archive.OldTest",
        "<testsuite><testcase name=\"ran\" classname=\"io.stockobserver.archive.OldTest\"/></testsuite>",
        SINCE.minusSeconds(5));
  }

  @Test
  void aTestThatPassedProvesIt() throws IOException {
    assertThat(unproven("`archive.SealTest#itHolds`, `archive.SealTest#each`", false)).isEmpty();
  }

  @Test
  void anUnknownTestProvesNothing() throws IOException {
    assertThat(unproven("`archive.SealTest#itHoldz`", false))
        .containsExactly(
            "guarantees.md:3 \"Sealed\": archive.SealTest#itHoldz is unknown or did not run in"
                + " this build");
  }

  @Test
  void aTestThatTheMachineCannotRunFailsNoBuild() throws IOException {
    assertThat(unproven("`archive.SealTest#nowhere`", false)).isEmpty();
  }

  @Test
  void aSkippedTestProvesNothing() throws IOException {
    assertThat(unproven("`archive.SealTest#off`", false))
        .containsExactly("guarantees.md:3 \"Sealed\": archive.SealTest#off was skipped");
    assertThat(unproven("`archive.SealTest#some`", false)).hasSize(1);
  }

  @Test
  void aClassIsAsGoodAsItsWorstTest() throws IOException {
    assertThat(unproven("`archive.SealTest`", false))
        .containsExactly("guarantees.md:3 \"Sealed\": archive.SealTest failed");
  }

  @Test
  void aReportOfAnEarlierBuildProvesNothing() throws IOException {
    assertThat(unproven("`archive.OldTest#ran`", false)).hasSize(1);
  }

  @Test
  void aPromiseWithoutATestIsNone() throws IOException {
    assertThat(unproven("soon", false))
        .containsExactly("guarantees.md:3 \"Sealed\": names no test");
  }

  @Test
  void theFullFiguresCountOnlyWhenTheyRun() throws IOException {
    String row = "| Sealed | always | `archive.SealTest#full` | -Pfaults |";

    assertThat(Guarantees.unproven(page(row), read(), false)).isEmpty();
    assertThat(Guarantees.unproven(page(row), read(), true)).hasSize(1);
  }

  @Test
  void everyPromiseSaysWhenItIsProven() throws IOException {
    String row = "| Sealed | always | `archive.SealTest#itHolds` | sometimes |";

    assertThat(Guarantees.unproven(page(row), read(), false))
        .containsExactly("guarantees.md:3 \"Sealed\": runs neither in verify nor in -Pfaults");
  }

  @Test
  void otherTablesPromiseNothing() {
    assertThat(Promise.read(List.of("| promise | what is missing |", "|--|--|", "| 5 | a disk |")))
        .isEmpty();
  }

  private List<String> unproven(String tests, boolean full) throws IOException {
    return Guarantees.unproven(page("| Sealed | always | " + tests + " | verify |"), read(), full);
  }

  private static List<Promise> page(String row) {
    return Promise.read(
        List.of("| promise | what holds today | test | when |", "|--|--|--|--|", row, "", row));
  }

  private TestReports read() throws IOException {
    return TestReports.read(reports, SINCE);
  }

  private void report(String name, String xml, Instant written) throws IOException {
    Path file = reports.resolve("TEST-io.stockobserver." + name + ".xml");
    Files.writeString(file, xml);
    Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
