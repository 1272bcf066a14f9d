package io.stockobserver.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.packages.PackageHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest heads that a backup ever saw of its servers' chains: {@code servers/*.json}
 * (docs/archive-format.md §10). An archive has none.
 */
final class SeenHeads {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SeenHeads() {}

  /**
   * A head, as one server told it.
   *
   * @param path of the file that has it, below the root
   * @param key that server's; empty where it is not known
   */
  record Seen(String path, PackageHead head, String key) {}

  /** Reads those of a provider's chain; what cannot be read is told. */
  static List<Seen> read(Path root, String provider, Findings findings) {
    List<Seen> seen = new ArrayList<>();
    try {
      for (Path file : new LocalDisk().list(root.resolve("servers"))) {
        String name = file.getFileName().toString();
        if (name.endsWith(".json")) {
          readOne(file, "servers/" + name, provider, findings, seen);
        }
      }
    } catch (IOException unreadable) {
      findings.problem(Problem.of("servers", "unreadable", String.valueOf(unreadable)));
    }
    return seen;
  }

  private static void readOne(
      Path file, String path, String provider, Findings findings, List<Seen> seen) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (findings.concerns(path)) {
        findings.read(bytes.length);
      }
      JsonNode all = JSON.readTree(bytes);
      if (!path.equals("servers/" + all.path("server").asText() + ".json")) {
        throw new IOException("it is not of this server");
      }
      JsonNode head = all.path("heads").path(provider);
      if (!head.isMissingNode()) {
        byte[] line = head.toString().getBytes(StandardCharsets.UTF_8);
        seen.add(new Seen(path, PackageHead.parse(line), all.path("key").asText()));
      }
    } catch (IOException damaged) {
      findings.problem(Problem.of(path, "chain", "is damaged: " + damaged.getMessage()));
    }
  }
}
