package io.stockobserver.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of {@code routes/} that a process has to do with: those of a venue that it does not
 * observe are none of its own, for the beans that they call do not exist.
 *
 * @param unobserved providers; a file belongs to one when its name has the word, as in {@code
 *     poll-kis-swing}
 */
public record RouteFolder(Path folder, Set<String> unobserved) {
  private static final String ERROR_PLANS = "next";

  public RouteFolder {
    folder = folder.toAbsolutePath().normalize();
    unobserved = Set.copyOf(unobserved);
  }

  /**
   * Only the files with these first words, and the error plans that all share.
   *
   * @throws IOException when the folder cannot be read
   */
  public static RouteFolder only(Path folder, Set<String> verbs) throws IOException {
    Set<String> others = new HashSet<>();
    for (Path file : new RouteFolder(folder, Set.of()).files()) {
      others.add(file.getFileName().toString().split("[-.]", 2)[0]);
    }
    others.removeAll(verbs);
    others.remove(ERROR_PLANS);
    return new RouteFolder(folder, others);
  }

  /**
   * Every YAML file, in the order of names, whether Camel would load it or not.
   *
   * @throws IOException when the folder cannot be read
   */
  List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(path -> concerns(path.getFileName().toString())).sorted().toList();
    }
  }

  private boolean concerns(String name) {
    return !name.startsWith(".")
        && name.matches(".*\\.ya?ml")
        && Arrays.stream(name.substring(0, name.indexOf('.')).split("-", -1))
            .noneMatch(unobserved::contains);
  }

  /**
   * What Camel is to load, as {@code camel.main.routesIncludePattern} has it.
   *
   * @throws IOException when the folder cannot be read
   */
  public String pattern() throws IOException {
    return files().stream()
        .filter(file -> file.toString().endsWith(RouteFile.ENDING))
        .map(file -> "file:" + file)
        .collect(Collectors.joining(","));
  }
}
