package io.stockobserver.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Proves an archive, a backup, a package, a day's folder or one file, wherever it is: seals,
 * chains, signatures, receipts, torn tails, files that nothing lists. Reads only, takes no lock,
 * and never throws on damaged input. It may run beside a writer; what is being written then shows
 * as not sealed yet. What it holds grows with a day and not with the archive.
 */
public final class Verification {
  /** An archive's root has at least one of these; a session that just began has no manifest. */
  private static final List<String> TOPS =
      List.of(
          "manifest",
          "tape",
          "swing",
          "scalp",
          "system",
          "set_aside",
          "universe",
          "package",
          "receipt");

  private Verification() {}

  /**
   * One thing to tell.
   *
   * @param path below the archive root
   * @param kind one of {@code missing}, {@code differs}, {@code torn}, {@code damaged_lines},
   *     {@code unlisted}, {@code not_sealed}, {@code manifest}, {@code chain}, {@code package},
   *     {@code signature}, {@code receipt}, {@code forgotten}, {@code wrong_name}, {@code damaged},
   *     {@code trailing}, {@code unproven}, {@code unreadable}
   * @param line the line it is in, from 1; 0 unknown
   * @param offset where in the uncompressed content; -1 unknown
   * @param what in words
   */
  public record Problem(String path, String kind, long line, long offset, String what) {
    static Problem of(String path, String kind, String what) {
      return new Problem(path, kind, 0, -1, what);
    }
  }

  /**
   * What was found.
   *
   * @param problems what breaks a promise; none means that all of it holds
   * @param notes what is as it may be, such as a file that is not sealed yet
   * @param files how many files were read
   * @param bytes how many uncompressed bytes they hold
   */
  public record Report(List<Problem> problems, List<Problem> notes, long files, long bytes) {
    /** Copies the lists. */
    public Report {
      problems = List.copyOf(problems);
      notes = List.copyOf(notes);
    }

    /** Whether every promise holds. */
    public boolean ok() {
      return problems.isEmpty();
    }
  }

  /**
   * What to verify with.
   *
   * @param threads how many files are read side by side; the findings are in one order always
   * @param key a public key that is known, Base64 of its X.509 form; empty when none is, and then
   *     the one that a package names has to do
   * @param only whether a package that another key has signed is a problem
   * @param read is told of stored bytes as they are read, by any thread
   */
  public record Means(int threads, Optional<String> key, boolean only, LongConsumer read) {
    /** One thread, no key, nobody to tell. */
    public static Means plain() {
      return new Means(1, Optional.empty(), false, bytes -> {});
    }
  }

  /** Verifies all that is at or below this path: a root, a folder in it, or a file anywhere. */
  public static Report of(Path what) {
    return of(what, Means.plain());
  }

  /** The same, by these means. */
  public static Report of(Path what, Means means) {
    Path start = what.toAbsolutePath().normalize();
    if (!Files.exists(start)) {
      return only(Problem.of(start.toString(), "missing", "there is no such file or directory"));
    }
    @Nullable Path root = rootOf(start);
    if (root == null) {
      return Files.isRegularFile(start)
          ? LooseFile.check(start, means)
          : only(Problem.of(start.toString(), "manifest", "not an archive, nor in one"));
    }
    String prefix = root.relativize(start).toString().replace('\\', '/');
    String path = prefix.endsWith(".zst") ? strip(prefix) : prefix;
    Findings findings =
        new Findings(one -> path.isEmpty() || one.equals(path) || one.startsWith(path + "/"));
    RootCheck.of(root, findings, means, true);
    if (findings.isNothing() && Files.isRegularFile(start)) {
      return LooseFile.check(start, means); // it lies there, and belongs to nothing
    }
    return findings.report();
  }

  /** Verifies the seals and the chain of one day; packages are not looked into. */
  public static Report ofDay(Path root, LocalDate day) {
    Findings findings = new Findings(path -> Places.dayIn(path).filter(day::equals).isPresent());
    RootCheck.of(root.toAbsolutePath().normalize(), findings, Means.plain(), false);
    return findings.report();
  }

  static String strip(String compressed) {
    return compressed.substring(0, compressed.length() - ".zst".length());
  }

  private static Report only(Problem problem) {
    return new Report(List.of(problem), List.of(), 0, 0);
  }

  private static @Nullable Path rootOf(Path start) {
    for (Path at = start; at != null; at = at.getParent()) {
      if (TOPS.stream().map(at::resolve).anyMatch(Files::isDirectory)) {
        return at;
      }
    }
    return null;
  }

  /** Everybody who has a manifest, a file or a package. */
  static SortedSet<String> providers(Path root) {
    TreeSet<String> names = new TreeSet<>();
    List<String> folders = new ArrayList<>(List.of("manifest", "universe", "package", "receipt"));
    for (Lane lane : Lane.values()) {
      folders.add(lane.folder());
    }
    Disk disk = new LocalDisk();
    for (String folder : folders) {
      try {
        for (Path child : disk.list(root.resolve(folder))) {
          if (Files.isDirectory(child)) {
            names.add(child.getFileName().toString());
          }
        }
      } catch (IOException unreadable) {
        names.add("."); // listing it again tells the trouble
      }
    }
    return names;
  }

  /** Collects what concerns the path asked for. */
  static final class Findings {
    private final Predicate<String> asked;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private long files;
    private long bytes;

    Findings(Predicate<String> asked) {
      this.asked = asked;
    }

    /** An empty one for the same path, for another thread. */
    Findings beside() {
      return new Findings(asked);
    }

    /** One that nothing concerns. */
    Findings nobody() {
      return new Findings(path -> false);
    }

    void add(Findings other) {
      other.problems.forEach(this::problem);
      other.notes.forEach(this::note);
      files += other.files;
      bytes += other.bytes;
    }

    boolean concerns(String path) {
      return asked.test(path);
    }

    /** One thing is told once, however many lists name the file. */
    void problem(Problem problem) {
      boolean ofTheFile = problem.kind().equals("missing") || problem.kind().equals("differs");
      String word = problem.path() + '\n' + problem.kind() + (ofTheFile ? "" : problem.what());
      if (concerns(problem.path()) && told.add(word)) {
        problems.add(problem);
      }
    }

    void note(Problem note) {
      if (concerns(note.path()) && told.add("note " + note)) {
        notes.add(note);
      }
    }

    void read(long size) {
      files++;
      bytes += size;
    }

    boolean isNothing() {
      return problems.isEmpty() && notes.isEmpty() && files == 0;
    }

    Report report() {
      return new Report(problems, notes, files, bytes);
    }
  }
}
