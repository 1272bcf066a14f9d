package io.stockobserver.archive;

import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Means;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Checks all that lies below the root of an archive, a backup or a package, provider by provider
 * and day by day: what it remembers does not grow with the number of days.
 */
final class RootCheck {
  private RootCheck() {}

  /** Checks what concerns the findings; packages and receipts only when they are wanted. */
  static void of(Path root, Findings findings, Means means, boolean packages) {
    Proofs proofs = new Proofs(means.read());
    try (Crew crew = new Crew(means.threads())) {
      for (String provider : Verification.providers(root)) {
        Findings onPackages = packages ? findings : findings.nobody();
        PackageBook book = PackageBook.read(root, provider, means, onPackages);
        Forgotten forgotten = new Forgotten(root, provider, book);
        ChainCheck chain = new ChainCheck(root, provider, book, forgotten, findings);
        chain.check();
        SealCheck seals = new SealCheck(root, provider, chain, forgotten, findings);
        PackageCheck contents = new PackageCheck(root, book, forgotten, onPackages);
        ReceiptCheck receipts = new ReceiptCheck(root, provider, book, onPackages);
        NavigableSet<LocalDate> days = new TreeSet<>(chain.days());
        days.addAll(seals.days());
        days.addAll(book.days());
        for (LocalDate day : days) {
          seals.check(day, proofs, crew);
          contents.check(day, proofs, crew);
          proofs.forget();
        }
        seals.checkTheRest();
        receipts.check();
        forgotten.tell(findings);
      }
    }
  }
}
