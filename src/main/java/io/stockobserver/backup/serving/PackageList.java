package io.stockobserver.backup.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.market.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What an archive has to hand out, as {@code GET /backup/packages} tells it. Thread-safe. */
final class PackageList {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final PackageRack rack;
  private final String name;
  private final InstantSource clock;

  PackageList(Path root, PackageRack rack, String name, InstantSource clock) {
    this.root = root;
    this.rack = rack;
    this.name = name;
    this.clock = clock;
  }

  /** The list as it is now. */
  byte[] write() throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.put("server", name);
    all.put("now", Stamp.of(clock.instant()));
    NavigableSet<PackageId> ids = rack.shelf().all();
    NavigableSet<String> providers = new TreeSet<>();
    ids.forEach(id -> providers.add(id.provider()));
    ObjectNode heads = all.putObject("heads");
    for (String provider : providers) {
      heads(heads, provider);
    }
    ArrayNode packages = all.putArray("packages");
    String key = "";
    for (PackageId id : ids) {
      key = one(packages, id, key);
    }
    all.put("key", key);
    return JSON.writeValueAsBytes(all);
  }

  private void heads(ObjectNode heads, String provider) throws IOException {
    try {
      JsonNode head =
          JSON.readTree(
              Files.readAllBytes(root.resolve("package").resolve(provider).resolve("head.json")));
      heads.set(provider, head);
    } catch (NoSuchFileException none) {
      // The backup is told that there is none, and refuses what it cannot pin.
    }
  }

  private String one(ArrayNode packages, PackageId id, String key) throws IOException {
    PackageRack.Summary summary = rack.summary(id);
    String[] words = id.toString().split("/", -1);
    ObjectNode one =
        packages
            .addObject()
            .put("provider", id.provider())
            .put("day", words[1])
            .put("version", id.version())
            .put("sha256", summary.sha256());
    if (!summary.damage().isEmpty()) {
      one.put("damage", summary.damage());
      return key;
    }
    one.put("complete", summary.complete())
        .put("files", summary.files())
        .put("stored_bytes", summary.storedBytes());
    if (!rack.shelf().holdsFiles(id)) {
      one.put("forgotten", true);
    }
    ArrayNode receipts = one.putArray("receipts");
    for (Receipt receipt : rack.shelf().receipts(id)) {
      if (receipt.packageSha256().equals(summary.sha256())) {
        receipts
            .addObject()
            .put("receipt", receipt.kind().name().toLowerCase(Locale.ROOT))
            .put("by", receipt.by())
            .put("at", Stamp.of(receipt.at()))
            .put("share", receipt.share());
      }
    }
    return summary.key();
  }
}
