package io.stockobserver.backup.drilling;

import io.stockobserver.archive.packages.PackageId;
import java.util.List;

/**
 * What a drill of one package found.
 *
 * @param market of the package; empty where its table of contents cannot be read
 * @param sha256 of its table of contents
 * @param ofFiles how many files it has
 * @param seed which files were read can be told again from it and the share; 0 for all
 * @param files that were read
 * @param bytes of content in those that held
 * @param lines in them
 * @param direct whether they were read past the system's cache
 */
public record Drilled(
    PackageId id,
    String market,
    String sha256,
    int ofFiles,
    long seed,
    List<String> files,
    long bytes,
    long lines,
    boolean direct,
    List<Damage> damage) {

  /** Copies the lists. */
  public Drilled {
    files = List.copyOf(files);
    damage = List.copyOf(damage);
  }

  /** Whether everything that was read is as it should be. */
  public boolean ok() {
    return damage.isEmpty();
  }

  /** How much of the package was read, 0 to 1, by files. */
  public double share() {
    return ofFiles == 0 ? 0 : (double) files.size() / ofFiles;
  }
}
