package io.stockobserver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Another process of a bench, with which one talks in lines. Closing ends it. Not thread-safe. */
final class Peer implements AutoCloseable {
  private final Process process;
  private final BufferedReader from;
  private final PrintWriter to;

  private Peer(Process process) {
    this.process = process;
    from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    to = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  static Peer start(ProcessBuilder builder) throws IOException {
    return new Peer(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** A class of the benches in a Java process of its own. */
  static Peer java(Class<?> main, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    builder.command().addAll(java.util.List.of(arguments));
    return start(builder);
  }

  void say(String line) {
    to.println(line);
  }

  /** Waits for its next line. */
  String hear() throws IOException {
    String line = from.readLine();
    if (line == null) {
      throw new IllegalStateException("a peer of the bench has ended");
    }
    return line;
  }

  /** Waits for its next line, which must begin with this word; what stands behind it. */
  String hear(String word) throws IOException {
    String line = hear();
    if (!line.startsWith(word)) {
      throw new IllegalStateException("not " + word + " but: " + line);
    }
    return line.substring(word.length()).trim();
  }

  /** All processor time that it has used, on all its threads. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
