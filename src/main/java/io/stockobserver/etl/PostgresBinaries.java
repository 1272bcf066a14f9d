package io.stockobserver.etl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from our own library, or installed ones where these do not run,
 * and the way to run them: PostgreSQL refuses to be root.
 */
final class PostgresBinaries {
  /** Where our own are unpacked. */
  static final String FOLDER = "postgresql-18.6.0";

  private static final String REFUSED =
      "PostgreSQL does not run as root, user namespaces are forbidden here, and neither postgres"
          + " nor nobody can be used instead, or reach this folder";

  private final Path bin;
  private final Launch launch;

  private PostgresBinaries(Path bin, Launch launch) {
    this.bin = bin;
    this.launch = launch;
  }

  /**
   * A way to run a program.
   *
   * @param before what stands before it
   * @param user whose the files must be, and who must be able to reach them; null for ours
   */
  record Launch(List<String> before, @Nullable String user) {
    /** Those to try here, the best first. */
    static List<Launch> candidates() {
      if (!"root".equals(System.getProperty("user.name"))) {
        return List.of(new Launch(List.of(), null));
      }
      return List.of(
          // In a namespace of its own our user has no name, and so is not root.
          new Launch(List.of("unshare", "-U"), null),
          unprivileged("postgres"),
          unprivileged("nobody"));
    }

    static Launch unprivileged(String user) {
      return new Launch(List.of("runuser", "-u", user, "--"), user);
    }

    boolean worksIn(Path home) {
      List<String> probe = new ArrayList<>(before);
      probe.addAll(List.of("test", "-x", home.toString()));
      return before.isEmpty() || succeeds(probe);
    }
  }

  /** The first that runs. */
  static PostgresBinaries in(Path home, List<Launch> launches) throws IOException {
    for (Launch launch : launches) {
      if (launch.worksIn(home)) {
        Optional<Path> bin = unpacked(home, launch);
        if (bin.isEmpty()) {
          bin = installed(launch);
        }
        if (bin.isPresent()) {
          return new PostgresBinaries(bin.get(), launch);
        }
      }
    }
    throw new IOException(
        launches.size() > 1
            ? REFUSED
            : "there is no PostgreSQL for this system, and none installed");
  }

  private static Optional<Path> unpacked(Path home, Launch launch) throws IOException {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String name = "/postgres-linux-" + (arm ? "arm_64" : "x86_64") + ".txz";
    Path folder = home.resolve(FOLDER);
    if (!Files.exists(folder.resolve("bin/postgres"))) {
      if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
        return Optional.empty();
      }
      try (InputStream packed = PostgresBinaries.class.getResourceAsStream(name)) {
        if (packed == null) {
          return Optional.empty();
        }
        Path draft = home.resolve("postgresql.unpacking");
        delete(draft);
        Files.createDirectories(draft);
        untar(packed, draft);
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Path bin = folder.resolve("bin");
    return runs(bin, launch) ? Optional.of(bin) : Optional.empty();
  }

  private static void untar(InputStream packed, Path into) throws IOException {
    Process tar =
        new ProcessBuilder("tar", "-x", "-C", into.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (XZInputStream plain = new XZInputStream(packed);
        OutputStream pipe = tar.getOutputStream()) {
      plain.transferTo(pipe);
    }
    if (EmbeddedServer.await(tar, 120) != 0) {
      throw new IOException("tar could not unpack PostgreSQL into " + into);
    }
  }

  /** Debian's places and the PATH, the newest first. */
  private static Optional<Path> installed(Launch launch) throws IOException {
    List<Path> places = new ArrayList<>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .filter(v -> v.getFileName().toString().matches("\\d+"))
            .sorted(
                Comparator.comparingInt((Path v) -> Integer.parseInt(v.getFileName().toString()))
                    .reversed())
            .forEach(v -> places.add(v.resolve("bin")));
      }
    }
    String path = System.getenv("PATH");
    for (String place : (path == null ? "" : path).split(":", -1)) {
      if (!place.isEmpty()) {
        places.add(Path.of(place));
      }
    }
    for (Path place : places) {
      if (Files.isExecutable(place.resolve("postgres"))
          && Files.isExecutable(place.resolve("initdb"))
          && Files.isExecutable(place.resolve("pg_ctl"))
          && version(place) >= 15
          && runs(place, launch)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  private static boolean runs(Path bin, Launch launch) {
    List<String> probe = new ArrayList<>(launch.before());
    probe.addAll(List.of(bin.resolve("postgres").toString(), "--version"));
    return succeeds(probe);
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return EmbeddedServer.await(process, 20) == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  private static int version(Path bin) throws IOException {
    Process process =
        new ProcessBuilder(bin.resolve("postgres").toString(), "--version")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    EmbeddedServer.await(process, 20);
    String digits = said.replaceAll("(?s)^\\D*(\\d+).*$", "$1");
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 0;
  }

  /**
   * Refuses a cluster that other programs have made.
   *
   * @throws IOException naming both versions
   */
  void check(Path cluster) throws IOException {
    String made = Files.readString(cluster.resolve("PG_VERSION")).strip();
    int ours = version(bin);
    if (!made.equals(String.valueOf(ours))) {
      throw new IOException(
          cluster + " was made by PostgreSQL " + made + " and this one is " + ours);
    }
  }

  /** Makes a folder that the server's user owns. */
  void own(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    give(folder);
  }

  private void give(Path path) throws IOException {
    if (launch.user() != null) {
      UserPrincipal user =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(launch.user());
      Files.setOwner(path, user);
    }
  }

  /** The password's file as initdb can read it; a copy beside the cluster for another user. */
  Path readable(Path secret, Path near) throws IOException {
    if (launch.user() == null) {
      return secret;
    }
    Path copy = near.resolveSibling("password.once");
    Files.deleteIfExists(copy);
    Files.createFile(
        copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(copy, Files.readString(secret));
    give(copy);
    return copy;
  }

  /** A log that the server's user may write. */
  Path log(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    give(file);
    return file;
  }

  /**
   * Runs one of the programs to its end.
   *
   * @throws IOException with the last line that it said
   */
  void run(String program, List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>(launch.before());
    command.add(bin.resolve(program).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.directory(bin.toFile());
    int exit = EmbeddedServer.await(builder.start(), 180);
    Files.deleteIfExists(log.resolveSibling("password.once"));
    if (exit != 0) {
      List<String> said = Files.readString(log).lines().filter(l -> !l.isBlank()).toList();
      throw new IOException(
          program
              + " ended with "
              + exit
              + (said.isEmpty() ? "" : ": " + said.get(said.size() - 1))
              + " (its log is "
              + log
              + ")");
    }
  }

  /** Removes a folder that was only begun. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
