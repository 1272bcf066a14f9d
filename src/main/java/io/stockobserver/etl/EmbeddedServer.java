package io.stockobserver.etl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL of our own for who has none: its files below one folder, its port on loopback, its
 * password in a file that only its owner reads, every write forced. It runs while somebody uses it,
 * and only one process at a time does. One that a killed process left running is used on.
 */
final class EmbeddedServer implements AutoCloseable {
  static final String USER = "observer";
  private static final String CLUSTER = "cluster";

  /** What a person's data need; the rest makes loading cheaper and costs no safety. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_wal_size=4GB",
          "checkpoint_timeout=15min",
          "shared_buffers=128MB",
          "max_connections=20",
          "logging_collector=off",
          "log_timezone=UTC",
          "timezone=UTC");

  private final Path home;
  private final PostgresBinaries binaries;
  private final FileChannel lockFile;
  private final String password;
  private final int port;
  private final Thread hook = new Thread(this::stop, "embedded-postgres-stop");
  private boolean stopped;

  private EmbeddedServer(
      Path home, PostgresBinaries binaries, FileChannel lockFile, String password, int port) {
    this.home = home;
    this.binaries = binaries;
    this.lockFile = lockFile;
    this.password = password;
    this.port = port;
  }

  /**
   * Starts it, or takes over one that runs on without its process.
   *
   * @throws EtlException when it cannot run here
   */
  static EmbeddedServer start(Path home) {
    return start(home, PostgresBinaries.Launch.candidates());
  }

  static EmbeddedServer start(Path home, List<PostgresBinaries.Launch> launches) {
    try {
      Files.createDirectories(home);
      FileChannel lockFile = lock(home);
      try {
        PostgresBinaries binaries = PostgresBinaries.in(home, launches);
        String password = password(home);
        Path cluster = home.resolve(CLUSTER);
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
          create(home, binaries);
        }
        binaries.check(cluster);
        Optional<Integer> running = running(cluster);
        int port = running.isPresent() ? running.get() : port(home);
        EmbeddedServer server = new EmbeddedServer(home, binaries, lockFile, password, port);
        if (running.isEmpty()) {
          server.launch();
        }
        Runtime.getRuntime().addShutdownHook(server.hook);
        return server;
      } catch (IOException | RuntimeException e) {
        lockFile.close();
        throw e;
      }
    } catch (IOException e) {
      throw unusable(home, String.valueOf(e.getMessage()), e);
    }
  }

  static EtlException unusable(Path home, String why, Throwable cause) {
    return new EtlException(
        "the embedded PostgreSQL below "
            + home
            + " cannot be used: "
            + why
            + "; mend that, or name a database of yours: etl.db.url = jdbc:postgresql://...",
        cause);
  }

  private static FileChannel lock(Path home) throws IOException {
    FileChannel channel =
        FileChannel.open(
            home.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      // Somebody in this very process.
    }
    if (lock == null) {
      channel.close();
      throw EtlException.busy(
          "the embedded PostgreSQL below "
              + home
              + " is in use by another ./observer etl; wait for it, or name a database that many may"
              + " use (etl.db.url)");
    }
    return channel;
  }

  private static String password(Path home) throws IOException {
    Path file = home.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Path draft = home.resolve("password.new");
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /** Beside its place and then renamed, so that one that was begun is never taken for one. */
  private static void create(Path home, PostgresBinaries binaries) throws IOException {
    Path draft = home.resolve(CLUSTER + ".new");
    PostgresBinaries.delete(draft);
    binaries.own(draft);
    Path secret = home.resolve("password");
    binaries.run(
        "initdb",
        List.of(
            "-D",
            draft.toString(),
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            "--pwfile=" + binaries.readable(secret, draft),
            "-E",
            "UTF8",
            "--locale=C"),
        home.resolve("server.log"));
    Files.move(draft, home.resolve(CLUSTER), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The port of one that a killed process left running. */
  private static Optional<Integer> running(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile, StandardCharsets.UTF_8);
    if (lines.size() < 8 || !lines.get(7).strip().equals("ready")) {
      return Optional.empty();
    }
    boolean alive =
        ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
            .map(ProcessHandle::isAlive)
            .orElse(false);
    return alive ? Optional.of(Integer.parseInt(lines.get(3).strip())) : Optional.empty();
  }

  /** The one that it had, if that is free: whoever looks in with a tool of his finds it again. */
  private static int port(Path home) throws IOException {
    Path file = home.resolve("port");
    int port = 0;
    if (Files.exists(file)) {
      int had = Integer.parseInt(Files.readString(file).strip());
      port = free(had) ? had : 0;
    }
    if (port == 0) {
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = any.getLocalPort();
      }
      Files.writeString(file, port + "\n");
    }
    return port;
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private void launch() throws IOException {
    List<String> options = new ArrayList<>(List.of("-p", String.valueOf(port)));
    for (String setting : SETTINGS) {
      options.add("-c");
      options.add(setting.endsWith("=") ? setting + "''" : setting);
    }
    binaries.run(
        "pg_ctl",
        List.of(
            "start",
            "-w",
            "-t",
            "120",
            "-s",
            "-D",
            home.resolve(CLUSTER).toString(),
            "-l",
            binaries.log(home.resolve("server.log")).toString(),
            "-o",
            String.join(" ", options)),
        home.resolve("start.log"));
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  String psql() {
    return "PGPASSFILE= PGPASSWORD=$(cat "
        + home.resolve("password")
        + ") psql -h 127.0.0.1 -p "
        + port
        + " -U "
        + USER
        + " postgres";
  }

  String password() {
    return password;
  }

  int port() {
    return port;
  }

  /** What a killed process does: it lets go of everything and stops nothing. */
  synchronized void abandon() throws IOException {
    stopped = true;
    lockFile.close();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      binaries.run(
          "pg_ctl",
          List.of(
              "stop", "-w", "-t", "60", "-s", "-m", "fast", "-D", home.resolve(CLUSTER).toString()),
          home.resolve("start.log"));
    } catch (IOException e) {
      // The next start takes it over, or recovers what it left.
    } finally {
      try {
        lockFile.close();
      } catch (IOException gone) {
        // It is free then.
      }
    }
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It runs right now.
    }
  }

  /** Waits for a process and gives its exit code. */
  static int await(Process process, int seconds) throws IOException {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("it did not end within " + seconds + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException("interrupted", e);
    }
  }
}
