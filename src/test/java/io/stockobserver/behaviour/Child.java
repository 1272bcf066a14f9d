package io.stockobserver.behaviour;

import io.stockobserver.StockObserver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as the launcher starts it. */
final class Child implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** It simulates the venue too. */
  static Child collecting(Path root, String... more) {
    List<String> options = new ArrayList<>(List.of("--simulate", "--data", root.toString()));
    options.addAll(List.of(more));
    return start(Map.of(), options);
  }

  /** The venue is elsewhere, where the environment says. */
  static Child observing(Map<String, String> environment, String... options) {
    return start(environment, List.of(options));
  }

  private static Child start(Map<String, String> environment, List<String> options) {
    try {
      Path output = Files.createTempFile("observer", ".out");
      output.toFile().deleteOnExit();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-Xms48m", "-Xmx192m", "-Xss512k"));
      command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1"));
      command.add("-Dobserver.home=" + Observatory.HOME);
      command.add("-Dobserver.log=" + output + ".log");
      command.addAll(List.of("-cp", classPath(), StockObserver.class.getName()));
      command.addAll(List.of("collect", "--json"));
      command.addAll(options);
      new File(output + ".log").deleteOnExit();
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      return new Child(builder.start(), output);
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

  long pid() {
    return process.pid();
  }

  /** Waits for its end; its exit code. */
  int exit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + said());
    }
    return process.exitValue();
  }

  /** Ctrl-C: it drains, seals and leaves. */
  void end() {
    process.destroy();
  }

  /** SIGSTOP: nobody in it runs until {@link #carryOn}. */
  void stop() {
    signal("STOP");
  }

  /** SIGCONT. */
  void carryOn() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
