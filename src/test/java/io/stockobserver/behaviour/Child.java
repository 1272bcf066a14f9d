package io.stockobserver.behaviour;

import io.stockobserver.StockObserver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as the launcher starts it, collecting from a simulation. */
final class Child implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Child collecting(Path root, String... more) {
    try {
      Path output = Files.createTempFile("observer", ".out");
      output.toFile().deleteOnExit();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.add("-Dobserver.home=" + Observatory.HOME);
      command.add("-Dobserver.log=" + output + ".log");
      command.addAll(List.of("-cp", classPath(), StockObserver.class.getName()));
      command.addAll(List.of("collect", "--simulate", "--json", "--data", root.toString()));
      command.addAll(List.of(more));
      new File(output + ".log").deleteOnExit();
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new Child(started, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    String test = System.getProperty("surefire.test.class.path");
    return test != null ? test : System.getProperty("java.class.path");
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end; its exit code. */
  int exit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + said());
    }
    return process.exitValue();
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** All that it has printed so far. */
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
