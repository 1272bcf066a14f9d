package io.stockobserver.backup.pulling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a backup remembers of a server, in {@code servers/<name>.json}: who it is (certificate and
 * key of its packages), the newest head of each chain that it ever showed, and the days that were
 * taken from it. Used by one thread at a time.
 */
final class ServerBook {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BackupTree tree;
  private final String name;
  private String url;
  private @Nullable String certificate;
  private @Nullable String key;
  private final Map<String, PackageHead> heads = new TreeMap<>();
  private final NavigableSet<String> days = new TreeSet<>();

  private ServerBook(BackupTree tree, String name, String url) {
    this.tree = tree;
    this.name = name;
    this.url = url;
  }

  /**
   * Reads it; an empty one of a server that was never seen.
   *
   * @throws PullException when it cannot be read: then nobody knows whom to trust
   */
  static ServerBook read(BackupTree tree, String name) throws PullException {
    ServerBook book = new ServerBook(tree, name, "");
    Optional<byte[]> bytes = tree.read(path(name));
    try {
      if (bytes.isPresent()) {
        book.take(JSON.readTree(bytes.get()));
      }
      return book;
    } catch (IOException | RuntimeException damaged) {
      throw new PullException(
          Trouble.TARGET,
          "%s is damaged, so it is not known whom to trust: %s; restore it, or move it away and check the server's key by hand"
              .formatted(tree.at(path(name)), damaged.getMessage()),
          damaged);
    }
  }

  private static String path(String name) {
    return "servers/" + name + ".json";
  }

  private void take(JsonNode all) throws IOException {
    if (!all.path("server").asText().equals(name)) {
      throw new IOException("it is of another server");
    }
    url = all.path("url").asText();
    certificate = text(all, "certificate");
    key = text(all, "key");
    for (Map.Entry<String, JsonNode> head : all.path("heads").properties()) {
      heads.put(
          head.getKey(),
          PackageHead.parse(head.getValue().toString().getBytes(StandardCharsets.UTF_8)));
    }
    all.path("days").forEach(day -> days.add(day.asText()));
  }

  private static @Nullable String text(JsonNode all, String name) {
    return all.hasNonNull(name) ? all.get(name).asText() : null;
  }

  /** Durable when it returns. */
  void save() throws PullException {
    ObjectNode all = JSON.createObjectNode();
    all.put("server", name).put("url", url);
    if (certificate != null) {
      all.put("certificate", certificate);
    }
    if (key != null) {
      all.put("key", key);
    }
    ObjectNode each = all.putObject("heads");
    heads.forEach(
        (provider, head) ->
            each.putObject(provider)
                .put("package", head.id().toString())
                .put("sha256", head.sha256())
                .put("signature", head.signature()));
    days.forEach(all.putArray("days")::add);
    tree.write(path(name), (all + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Nullable String certificate() {
    return certificate;
  }

  Optional<String> key() {
    return Optional.ofNullable(key);
  }

  Optional<PackageHead> head(String provider) {
    return Optional.ofNullable(heads.get(provider));
  }

  /** Whom we have to do with, from now on. */
  void met(String at, @Nullable String shown, String itsKey) throws PullException {
    if (!at.equals(url) || !java.util.Objects.equals(shown, certificate) || !itsKey.equals(key)) {
      url = at;
      certificate = shown;
      key = itsKey;
      save();
    }
  }

  void saw(PackageHead head) throws PullException {
    if (!head.equals(heads.put(head.id().provider(), head))) {
      save();
    }
  }

  /** A provider's day is this server's, before the first file of it is put. */
  void claim(PackageId id) throws PullException {
    if (days.add(day(id))) {
      save();
    }
  }

  boolean has(PackageId id) {
    return days.contains(day(id));
  }

  static String day(PackageId id) {
    return id.toString().substring(0, id.toString().lastIndexOf('/'));
  }
}
