package io.stockobserver.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A server's packages, written by hand from docs/archive-format.md §10: shares no line with what
 * makes or reads them.
 */
public final class HandMade {
  private final Path root;
  private final PrivateKey secret;
  private final String key;
  private String previous = "";

  /** What is in a package, by its path; lines are compressed. */
  public final Map<String, byte[]> contents = new LinkedHashMap<>();

  /** A server with a key of its own. */
  public HandMade(Path root) {
    this.root = root;
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      secret = pair.getPrivate();
      key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path root() {
    return root;
  }

  /** So many lines of JSON that differ with the seed. */
  public static byte[] lines(int count, long seed) {
    Random random = new Random(seed);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append("{\"n\":").append(i).append(",\"x\":").append(random.nextInt()).append("}\n");
    }
    return all.toString().getBytes(UTF_8);
  }

  /** An ordinary day: tapes, a scalp file, events, a universe, a manifest. */
  public HandMade day(String day, long seed) {
    contents.clear();
    contents.put("tape/kis/kr_stocks/" + day + "/09_00_00.jsonl", lines(20_000, seed));
    contents.put("tape/kis/kr_stocks/" + day + "/09_05_00.jsonl", lines(3_000, seed + 1));
    contents.put("scalp/kis/kr_stocks/" + day + "/09_30_00.jsonl", lines(2_000, seed + 2));
    contents.put("system/events/kis/" + day + ".jsonl", lines(10, seed + 3));
    contents.put("universe/kis/kr_stocks/" + day + ".json", "{\"symbols\":[]}\n".getBytes(UTF_8));
    contents.put("manifest/kis/" + day + ".json", ("{\"seed\":" + seed + "}\n").getBytes(UTF_8));
    return this;
  }

  /** Writes what is in it now as a package, signed, chained and named by the head. */
  public String write(String id, String createdAt) {
    List<String> files = new ArrayList<>();
    long stored = 0;
    for (Map.Entry<String, byte[]> one : contents.entrySet()) {
      boolean lines = one.getKey().endsWith(".jsonl");
      byte[] kept = lines ? Zstd.compress(one.getValue(), 3) : one.getValue();
      String name = one.getKey() + (lines ? ".zst" : "");
      put("package/" + id + "/" + name, kept);
      stored += kept.length;
      files.add(
          "{\"path\":\"%s\",\"state\":\"sealed\",\"bytes\":%d,\"lines\":%d,\"sha256\":\"%s\",\"stored\":\"%s\",\"stored_bytes\":%d,\"stored_sha256\":\"%s\"}"
              .formatted(
                  one.getKey(),
                  one.getValue().length,
                  newlines(one.getValue()),
                  sha256(one.getValue()),
                  name,
                  kept.length,
                  sha256(kept)));
    }
    String body =
        "{\"package\":\""
            + id
            + "\",\"market\":\"kr_stocks\",\"complete\":true,\"created_at\":\""
            + createdAt
            + "\","
            + previous
            + "\"key\":\""
            + key
            + "\",\n\"anomalies\":[\n],\n\"gaps\":[\n],\n\"files\":[\n"
            + String.join(",\n", files)
            + "\n],\n";
    byte[] table = (body + "\"check\":\"" + sha256(body.getBytes(UTF_8)) + "\"}\n").getBytes(UTF_8);
    String folder = "package/" + id + "/";
    put(folder + "package.json", table);
    put(folder + "package.sig", (sign(table) + "\n").getBytes(UTF_8));
    put(
        folder + "SUCCESS.marker",
        "{\"package\":\"%s\",\"sha256\":\"%s\",\"files\":%d,\"bytes\":%d}\n"
            .formatted(id, sha256(table), files.size(), stored)
            .getBytes(UTF_8));
    head(id, sha256(table));
    previous =
        "\"previous\":{\"path\":\"package/%s/package.json\",\"sha256\":\"%s\"},"
            .formatted(id, sha256(table));
    return sha256(table);
  }

  private static int newlines(byte[] bytes) {
    int count = 0;
    for (byte one : bytes) {
      count += one == '\n' ? 1 : 0;
    }
    return count;
  }

  /** Lets the next package be the first of its chain. */
  public void forgetChain() {
    previous = "";
  }

  /** Names the end of the chain. */
  public void head(String id, String sha256) {
    put(
        "package/" + id.substring(0, id.indexOf('/')) + "/head.json",
        "{\"package\":\"%s\",\"sha256\":\"%s\",\"signature\":\"%s\"}\n"
            .formatted(id, sha256, sign((id + " " + sha256).getBytes(UTF_8)))
            .getBytes(UTF_8));
  }

  private String sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(bytes);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public void put(String path, byte[] bytes) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] get(String path) {
    try {
      return Files.readAllBytes(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a backup has to hold of what is in it now, by path. */
  public boolean isIn(Path backup) {
    return contents.entrySet().stream()
        .allMatch(
            one -> {
              try {
                Path plain = backup.resolve(one.getKey());
                Path zst = backup.resolve(one.getKey() + ".zst");
                byte[] held =
                    Files.exists(zst)
                        ? Zstd.decompress(Files.readAllBytes(zst), one.getValue().length + 1)
                        : Files.readAllBytes(plain);
                return Arrays.equals(held, one.getValue());
              } catch (IOException gone) {
                return false;
              }
            });
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
