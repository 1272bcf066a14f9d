package io.stockobserver.cli;

import io.stockobserver.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command takes about where things are. */
final class Place {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The archive's root (default: the setting archive.dir).")
  @Nullable Path data;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  /** Where config/ and routes/ are: beside the launcher. */
  Path home() {
    return Path.of(System.getProperty("observer.home", "."));
  }

  /** The archive's root, as the options, the environment and the configuration say. */
  Path archive() {
    return home().resolve(settings().text("archive.dir"));
  }

  /** The archive that the environment and the configuration name, whatever the options say. */
  String ownArchive() {
    return Settings.read(home().resolve("config/application.properties"), System.getenv(), Map.of())
        .text("archive.dir");
  }

  Settings settings() {
    return Settings.read(
        home().resolve("config/application.properties"), System.getenv(), overrides());
  }

  Map<String, String> overrides() {
    Map<String, String> all = new TreeMap<>();
    if (data != null) {
      all.put("archive.dir", data.toAbsolutePath().toString());
    }
    return all;
  }
}
