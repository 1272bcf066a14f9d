package io.stockobserver.archive;

import io.stockobserver.archive.PackageBook.Known;
import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.packages.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks a provider's receipts: that each is whole, in its place, and of a package that is here.
 */
final class ReceiptCheck {
  private final Path root;
  private final String provider;
  private final PackageBook book;
  private final Findings findings;

  ReceiptCheck(Path root, String provider, PackageBook book, Findings findings) {
    this.root = root;
    this.provider = provider;
    this.book = book;
    this.findings = findings;
  }

  void check() {
    Path folder = root.resolve("receipt").resolve(provider);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = root.relativize(file).toString().replace('\\', '/');
        if (findings.concerns(path)) {
          check(file, path);
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      findings.problem(Problem.of("receipt/" + provider, "unreadable", String.valueOf(unreadable)));
    }
  }

  private void check(Path file, String path) {
    if (!path.endsWith(".json")) {
      findings.note(Problem.of(path, "unlisted", "not a receipt; kept from a damage or a crash"));
      return;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      findings.read(bytes.length);
      Receipt receipt = Receipt.parse(bytes);
      if (!receipt.path().equals(path)) {
        findings.problem(Problem.of(path, "receipt", "says that it is " + receipt.path()));
      } else {
        ofPackage(receipt, path);
      }
    } catch (IOException damaged) {
      findings.problem(Problem.of(path, "receipt", CheckLine.trouble(file, damaged)));
    }
  }

  private void ofPackage(Receipt receipt, String path) {
    Optional<Known> known = book.find(receipt.id());
    if (known.isEmpty()) {
      boolean earlier =
          book.of(receipt.id().date()).stream()
              .anyMatch(k -> k.lean() && k.id().version() > receipt.id().version());
      String what = "is of " + receipt.id() + ", which is not here or not whole";
      if (earlier) {
        findings.note(Problem.of(path, "receipt", what + "; a later version of the day is"));
      } else {
        findings.problem(Problem.of(path, "receipt", what));
      }
    } else if (!known.get().sha256().equals(receipt.packageSha256())) {
      findings.problem(
          Problem.of(path, "receipt", "is of another " + receipt.id() + " than the one here"));
    }
  }
}
