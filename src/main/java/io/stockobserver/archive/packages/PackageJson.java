package io.stockobserver.archive.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A package's manifest as bytes and back. */
final class PackageJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PackageJson() {}

  static byte[] write(PackageManifest manifest) throws IOException {
    ObjectNode head = JSON.createObjectNode();
    head.put("package", manifest.id().toString());
    head.put("market", manifest.market());
    head.put("complete", manifest.complete());
    head.put("created_at", Checked.instant(manifest.createdAt()));
    if (manifest.previous().isPresent()) {
      head.putObject("previous")
          .put("path", manifest.previous().get().path())
          .put("sha256", manifest.previous().get().sha256());
    }
    head.put("key", manifest.key());
    List<String> anomalies = new ArrayList<>();
    for (PackageManifest.Anomaly a : manifest.anomalies()) {
      anomalies.add(
          JSON.createObjectNode().put("reason", a.reason()).put("detail", a.detail()).toString());
    }
    List<String> files = new ArrayList<>();
    for (PackageFile file : manifest.files()) {
      files.add(file(file).toString());
    }
    String text = head.toString();
    StringBuilder body = new StringBuilder(text.substring(0, text.length() - 1));
    list(body, "anomalies", anomalies);
    list(body, "gaps", manifest.gaps());
    list(body, "files", files);
    return Checked.close(body.append(",\n").toString());
  }

  private static void list(StringBuilder body, String name, List<String> lines) {
    body.append(",\n\"").append(name).append("\":[\n").append(String.join(",\n", lines));
    body.append(lines.isEmpty() ? "]" : "\n]");
  }

  private static ObjectNode file(PackageFile file) {
    return JSON.createObjectNode()
        .put("path", file.path())
        .put("state", file.open() ? "open" : "sealed")
        .put("bytes", file.bytes())
        .put("lines", file.lines())
        .put("sha256", file.sha256())
        .put("stored", file.stored())
        .put("stored_bytes", file.storedBytes())
        .put("stored_sha256", file.storedSha256());
  }

  static PackageManifest parse(byte[] bytes) throws IOException {
    JsonNode all = JSON.readTree(Checked.open(bytes));
    try {
      List<PackageManifest.Anomaly> anomalies = new ArrayList<>();
      for (JsonNode a : all.required("anomalies")) {
        anomalies.add(
            new PackageManifest.Anomaly(
                a.required("reason").asText(), a.required("detail").asText()));
      }
      List<String> gaps = new ArrayList<>();
      all.required("gaps").forEach(gap -> gaps.add(gap.toString()));
      List<PackageFile> files = new ArrayList<>();
      for (JsonNode file : all.required("files")) {
        files.add(file(file));
      }
      return new PackageManifest(
          PackageId.parse(all.required("package").asText()),
          all.required("market").asText(),
          all.required("complete").asBoolean(),
          Instant.parse(all.required("created_at").asText()),
          Optional.ofNullable(all.get("previous"))
              .map(p -> new Manifest.Link(p.path("path").asText(), p.path("sha256").asText())),
          anomalies,
          gaps,
          files,
          all.required("key").asText());
    } catch (RuntimeException wrong) {
      throw new IOException("no manifest of a package: " + wrong.getMessage(), wrong);
    }
  }

  private static PackageFile file(JsonNode file) {
    return new PackageFile(
        file.required("path").asText(),
        file.required("state").asText().equals("open"),
        file.required("bytes").asLong(),
        file.required("lines").asLong(),
        file.required("sha256").asText(),
        file.required("stored").asText(),
        file.required("stored_bytes").asLong(),
        file.required("stored_sha256").asText());
  }
}
