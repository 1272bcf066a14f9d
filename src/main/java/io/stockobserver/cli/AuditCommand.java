package io.stockobserver.cli;

import io.stockobserver.Settings;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.audit.Audit;
import io.stockobserver.audit.Calendars;
import io.stockobserver.audit.DayAudit;
import io.stockobserver.audit.Shelf;
import io.stockobserver.market.MarketClock;
import io.stockobserver.market.TradingCalendar;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Accounts for every second of a day; writes nothing but the page that it is asked for. */
@Command(
    name = "audit",
    description =
        "Accounts for every second of a day: recorded, explained, or named. Exit 1 if any is"
            + " unexplained or a seal does not hold.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();
  @Mixin private AskedDay asked = new AskedDay();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Also write a page with a heat map, one file that needs nothing else (default:"
              + " audit-YYYYMMDD.html).")
  private @Nullable String html;

  @Override
  public Integer call() throws Exception {
    Instant now = MarketClock.live().instant();
    LocalDate named = asked.named(now);
    Path root = place.archive().toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      throw new ArchiveException(root + " is not there; name an archive with --data");
    }
    List<Shelf> all = Shelf.in(root);
    List<Shelf> shelves = all.stream().filter(shelf -> asked.wants(shelf.provider())).toList();
    if (shelves.isEmpty()) {
      throw new ArchiveException(
          root
              + " holds nothing"
              + (asked.providers().isEmpty() ? "" : " of " + asked.providers())
              + " to audit");
    }
    LocalDate date = named != null ? named : newest(root, shelves);
    List<Shelf> chosen = asked.providers().isEmpty() ? present(root, shelves, date) : shelves;
    DayAudit audit;
    try (AuditProgress progress = new AuditProgress(root, chosen, date, place.json)) {
      audit =
          new Audit(root, now, ArchiveLock.isWritten(root), calendars(), progress::read)
              .day(date, chosen)
              .beside(shelves.stream().filter(shelf -> !chosen.contains(shelf)).toList());
    }
    tell(audit, root);
    return audit.ok() ? ObserverCommand.DONE : ObserverCommand.NO;
  }

  /** Whoever has something of the day: not every venue need be observed every day. */
  private static List<Shelf> present(Path root, List<Shelf> all, LocalDate date)
      throws IOException {
    List<Shelf> present = new ArrayList<>();
    for (Shelf shelf : all) {
      if (shelf.has(root, date)) {
        present.add(shelf);
      }
    }
    return present.isEmpty() ? all : present;
  }

  private void tell(DayAudit audit, Path root) throws IOException {
    PrintStream out = System.out;
    Path page = null;
    if (html != null) {
      String name = "audit-" + DateTimeFormatter.BASIC_ISO_DATE.format(audit.day()) + ".html";
      page = Path.of(html.isEmpty() ? name : html).toAbsolutePath().normalize();
      try {
        Files.writeString(page, AuditPage.of(audit));
      } catch (IOException e) {
        throw new ArchiveException(page + " cannot be written: " + e, e);
      }
    }
    if (place.json) {
      out.println(AuditJson.of(audit, root));
    } else {
      new AuditText(out, Boolean.getBoolean("observer.terminal")).tell(audit);
      if (page != null) {
        out.println("The page is " + page);
      }
    }
  }

  private static LocalDate newest(Path root, List<Shelf> shelves) throws IOException {
    return Shelf.newestDay(root, shelves)
        .orElseThrow(() -> new ArchiveException(root + " holds no day to audit"));
  }

  /** Only asked about days of which no session tells; a market without a calendar is not known. */
  private Calendars calendars() {
    Settings settings = place.settings();
    Path dir = place.home().resolve(settings.text("calendar.dir"));
    return (market, date) -> {
      try {
        return Files.exists(dir.resolve(market + ".json"))
            ? TradingCalendar.read(dir, dir, market).day(date)
            : null;
      } catch (IOException unreadable) {
        return null;
      }
    };
  }
}
