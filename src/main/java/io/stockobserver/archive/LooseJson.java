package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Means;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageMarker;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.PackageSignature;
import io.stockobserver.archive.packages.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Says of one JSON file that lies in no archive whether it is whole; knows those that are ours. */
final class LooseJson {
  private static final JsonFactory JSON = new JsonFactory();

  private LooseJson() {}

  /** Files of ours whose names tell no JSON. */
  static boolean isOurs(String name) {
    return name.equals(PackageShelf.MARKER);
  }

  static void check(Path file, String path, Means means, Findings findings) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    means.read().accept(bytes.length);
    String text = new String(bytes, UTF_8);
    try {
      if (text.startsWith("{\"provider\":") && text.contains("\n\"files\":[")) {
        Manifest manifest = ManifestJson.parse(bytes);
        findings.note(
            Problem.of(
                path,
                "unproven",
                "a whole manifest; its files are not beside it: " + manifest.path()));
      } else if (text.startsWith("{\"receipt\":")) {
        Receipt receipt = Receipt.parse(bytes);
        findings.note(
            Problem.of(
                path,
                "unproven",
                "a whole receipt, of "
                    + receipt.id()
                    + " by "
                    + receipt.by()
                    + (receipt.proves() ? "" : "; it lets nothing be deleted")));
      } else if (text.startsWith("{\"package\":") && text.contains("\n\"files\":[")) {
        PackageManifest manifest = PackageManifest.parse(bytes);
        signature(file, path, bytes, manifest, means, findings);
      } else if (text.startsWith("{\"package\":") && text.contains("\"signature\":")) {
        rewritten(path, bytes, PackageHead.parse(bytes).write(), "head", findings);
      } else if (text.startsWith("{\"package\":")) {
        rewritten(path, bytes, PackageMarker.parse(bytes).write(), "marker", findings);
      } else {
        any(bytes, path, findings);
      }
    } catch (IOException refused) {
      any(bytes, path, findings);
      findings.problem(Problem.of(path, "damaged", CheckLine.trouble(file, refused)));
    }
  }

  private static void signature(
      Path file,
      String path,
      byte[] bytes,
      PackageManifest manifest,
      Means means,
      Findings findings)
      throws IOException {
    Path signature = file.resolveSibling(PackageSignature.FILE);
    String of = "a whole list of package " + manifest.id();
    if (!Files.exists(signature)) {
      findings.note(Problem.of(path, "unproven", of + "; no signature is beside it"));
      return;
    }
    String text = new String(Files.readAllBytes(signature), US_ASCII);
    String key = means.key().orElse(manifest.key());
    if (!PackageBook.isCanonical(text.strip()) || !PackageSignature.holds(bytes, text, key)) {
      findings.problem(Problem.of(path, "signature", "package.sig beside it does not hold"));
    } else {
      findings.note(
          Problem.of(
              path,
              "unproven",
              of
                  + ", signed by "
                  + (means.key().isPresent() ? "this server's key" : "the key that it names itself")
                  + "; its files are not beside it"));
    }
  }

  private static void rewritten(
      String path, byte[] bytes, byte[] due, String what, Findings findings) {
    int at = Arrays.mismatch(bytes, due);
    if (at >= 0) {
      findings.problem(new Problem(path, "damaged", 0, at, "no whole " + what + " of a package"));
    } else {
      findings.note(Problem.of(path, "unproven", "a whole " + what + " of a package"));
    }
  }

  /** One JSON value, and nothing behind it. */
  private static void any(byte[] bytes, String path, Findings findings) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      int depth = 0;
      while (true) {
        JsonToken token = json.nextToken();
        if (token == null) {
          findings.problem(new Problem(path, "damaged", 0, bytes.length, "ends within its JSON"));
          return;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
      long end = json.currentLocation().getByteOffset();
      if (json.nextToken() != null) {
        findings.problem(new Problem(path, "trailing", 0, end, "something stands behind its JSON"));
      } else {
        findings.note(Problem.of(path, "unproven", "is whole JSON; nothing in it proves more"));
      }
    } catch (JsonProcessingException wrong) {
      long at = Math.max(0, wrong.getLocation().getByteOffset());
      String what = wrong.getOriginalMessage().lines().findFirst().orElse("no JSON");
      findings.problem(new Problem(path, "damaged", 0, at, what));
    }
  }
}
