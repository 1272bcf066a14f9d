package io.stockobserver.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Proves an archive, a day's folder or one file: seals, chain, torn tails, files that nothing
 * lists. Reads only, takes no lock, and never throws on damaged input. It may run beside a writer;
 * what is being written then shows as not sealed yet.
 */
public final class Verification {
  /** An archive's root has at least one of these; a session that just began has no manifest. */
  private static final List<String> TOPS =
      List.of("manifest", "tape", "swing", "scalp", "system", "set_aside", "universe");

  private Verification() {}

  /**
   * One thing to tell.
   *
   * @param path below the archive root
   * @param kind one of {@code missing}, {@code differs}, {@code torn}, {@code damaged_lines},
   *     {@code unlisted}, {@code not_sealed}, {@code manifest}, {@code chain}, {@code unreadable}
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
   * @param problems what breaks a promise; none means the archive holds
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

  /** Verifies all that is at or below this path: an archive's root, a folder in it, or a file. */
  public static Report of(Path what) {
    Path start = what.toAbsolutePath().normalize();
    @Nullable Path root = rootOf(start);
    if (!Files.exists(start)) {
      return only(Problem.of(start.toString(), "missing", "there is no such file or directory"));
    }
    if (root == null) {
      return only(Problem.of(start.toString(), "manifest", "not in an archive"));
    }
    String prefix = root.relativize(start).toString().replace('\\', '/');
    String path = prefix.endsWith(".zst") ? strip(prefix) : prefix;
    return of(
        root,
        new Findings(one -> path.isEmpty() || one.equals(path) || one.startsWith(path + "/")));
  }

  /** Verifies what an archive has of one day, its manifests included. */
  public static Report ofDay(Path root, LocalDate day) {
    return of(
        root.toAbsolutePath().normalize(),
        new Findings(path -> Places.dayIn(path).filter(day::equals).isPresent()));
  }

  private static Report of(Path root, Findings findings) {
    for (String provider : providers(root)) {
      ChainCheck chain = new ChainCheck(root, provider, findings);
      chain.check();
      new SealCheck(root, provider, chain, findings).check();
    }
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

  /** Everybody who has a manifest or a file. */
  private static SortedSet<String> providers(Path root) {
    TreeSet<String> names = new TreeSet<>();
    List<String> folders = new ArrayList<>(List.of("manifest", "universe"));
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
    private long files;
    private long bytes;

    Findings(Predicate<String> asked) {
      this.asked = asked;
    }

    boolean concerns(String path) {
      return asked.test(path);
    }

    void problem(Problem problem) {
      if (concerns(problem.path())) {
        problems.add(problem);
      }
    }

    void note(Problem problem) {
      if (concerns(problem.path())) {
        notes.add(problem);
      }
    }

    void read(long size) {
      files++;
      bytes += size;
    }

    Report report() {
      return new Report(problems, notes, files, bytes);
    }
  }
}
