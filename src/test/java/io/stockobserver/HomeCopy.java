package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A copy of {@code routes/} and {@code config/} in which a test may slip. */
public final class HomeCopy {
  private final Path home;

  private HomeCopy(Path home) {
    this.home = home;
  }

  /** Copies the real folders below {@code folder}. */
  public static HomeCopy in(Path folder) {
    for (String name : new String[] {"routes", "config"}) {
      try (Stream<Path> all = Files.walk(Path.of(name))) {
        for (Path path : all.toList()) {
          Path copy = folder.resolve(path.toString());
          if (Files.isDirectory(path)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(path, copy);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new HomeCopy(folder);
  }

  /** Where it is. */
  public Path path() {
    return home;
  }

  /** Replaces what stands in a file exactly once. */
  public HomeCopy slip(String file, String right, String wrong) {
    try {
      Path path = home.resolve(file);
      String text = Files.readString(path);
      assertThat(text.split(java.util.regex.Pattern.quote(right), -1))
          .as("%s has \"%s\" once", file, right)
          .hasSize(2);
      Files.writeString(path, text.replace(right, wrong));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
