package io.stockobserver.cli;

import io.stockobserver.EtlKeys;
import io.stockobserver.Settings;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.etl.Database;
import io.stockobserver.etl.DatabaseAddress;
import io.stockobserver.etl.Etl;
import io.stockobserver.etl.Etl.Care;
import io.stockobserver.etl.EtlException;
import io.stockobserver.etl.EtlReport;
import io.stockobserver.etl.Export;
import io.stockobserver.etl.Portfolio;
import io.stockobserver.etl.Vouched;
import io.stockobserver.market.MarketClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads a day into the trading database and proves that both say the same. */
@Command(
    name = "etl",
    description =
        "Loads a day of the archive into the trading database and proves that both say the same."
            + " Exit 1 if they do not, or a file is refused.",
    mixinStandardHelpOptions = true)
final class EtlCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();
  @Mixin private AskedDay asked = new AskedDay();

  @Option(
      names = "--db",
      paramLabel = "JDBC-URL",
      description = "The database (default: the setting etl.db.url; empty: one of our own).")
  private @Nullable String db;

  @Option(names = "--prove", description = "Prove every row of the day again.")
  private boolean prove;

  @Option(
      names = "--repair",
      description = "Prove every row of the day again, and load anew the files that differ.")
  private boolean repair;

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description = "Also write each table of the day as CSV and Parquet; say the CSV's checksums.")
  private @Nullable Path export;

  @Option(
      names = "--serve",
      description =
          "Keep our own database running behind it, until Ctrl-C, and say how to look in.")
  private boolean serve;

  @Option(
      names = "--forget",
      description =
          "Also drop days from the database that are older than etl.keep and proven by a backup.")
  private boolean forget;

  @Option(names = "--untold", hidden = true, description = "Whoever calls tells of a failure.")
  private boolean untold;

  @Override
  public Integer call() throws Exception {
    LogFile.begin(place);
    Path root = place.archive().toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      throw new ArchiveException(root + " is not there; name an archive with --data");
    }
    List<String> all = providers(root);
    LocalDate date = asked.date(MarketClock.live().instant(), () -> newest(root, all));
    List<String> present = new ArrayList<>();
    long bytes = 0;
    for (String provider : all) {
      if (Vouched.days(root, provider).contains(date)) {
        present.add(provider);
        bytes += Etl.size(root, provider, date);
      }
    }
    if (present.isEmpty()) {
      throw new ArchiveException(
          root + " holds nothing of " + date + " that a manifest vouches for; is the day right?");
    }
    FailedLoad failure = new FailedLoad(place, root, date);
    try {
      List<EtlReport> reports = load(root, present, date, bytes);
      List<EtlReport> bad = reports.stream().filter(report -> !report.ok()).toList();
      for (EtlReport report : untold ? List.<EtlReport>of() : bad) {
        failure.tell(List.of(report.provider()), ObserverCommand.NO, EtlText.verdict(report));
      }
      return bad.isEmpty() ? ObserverCommand.DONE : ObserverCommand.NO;
    } catch (EtlException e) {
      if (!untold && !e.isBusy()) {
        failure.tell(present, ObserverCommand.UNUSABLE, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private List<EtlReport> load(Path root, List<String> present, LocalDate date, long bytes)
      throws Exception {
    List<Portfolio> portfolios = Portfolio.in(place.home().resolve("config/portfolio"));
    Care care = repair ? Care.REPAIR : prove ? Care.PROVE : Care.NEW;
    List<EtlReport> reports = new ArrayList<>();
    Settings settings = settings();
    DatabaseAddress address = EtlKeys.read(settings, System.getenv());
    try (Database database = Database.open(address, own(root));
        EtlProgress progress = new EtlProgress(bytes, place.json)) {
      Etl etl = new Etl(root, database, MarketClock.live(), portfolios, progress::read);
      for (String provider : present) {
        reports.add(run(etl, provider, date, care));
      }
      progress.close();
      List<String> forgotten = new ArrayList<>();
      for (String provider : forget ? present : List.<String>of()) {
        forgotten.addAll(forgotten(etl, root, provider, EtlKeys.keepDays(settings)));
      }
      Map<String, String> files = export(database, present, date);
      if (place.json) {
        System.out.println(EtlText.json(reports, files, forgotten, database.told()));
      } else {
        new EtlText(System.out).tell(reports, files, database.told());
        forgotten.forEach(day -> System.out.println("Dropped from the database: " + day));
      }
      if (serve) {
        keep(database);
      }
    }
    return reports;
  }

  /** Counted from the archive's newest day: no clock that is wrong makes a day older. */
  private static List<String> forgotten(Etl etl, Path root, String provider, int keep)
      throws IOException {
    List<LocalDate> days = Vouched.days(root, provider);
    PackageShelf shelf = new PackageShelf(root);
    List<String> gone = new ArrayList<>();
    for (LocalDate day : etl.loadedBefore(provider, days.get(days.size() - 1).minusDays(keep))) {
      if (shelf.isProven(provider, day)) {
        etl.forget(provider, day);
        gone.add(DateTimeFormatter.BASIC_ISO_DATE.format(day));
      }
    }
    return gone;
  }

  private static EtlReport run(Etl etl, String provider, LocalDate date, Care care) {
    try {
      return etl.run(provider, date, care);
    } catch (IOException e) {
      throw new ArchiveException(
          "the archive cannot be read: " + e.getMessage() + "; ./observer verify says more", e);
    }
  }

  private Map<String, String> export(Database database, List<String> present, LocalDate date) {
    Map<String, String> files = new TreeMap<>();
    if (export != null) {
      for (String provider : present) {
        try {
          files.putAll(Export.write(database, provider, date, export.toAbsolutePath().normalize()));
        } catch (IOException e) {
          throw new ArchiveException(export + " cannot be written: " + e, e);
        }
      }
    }
    return files;
  }

  private static void keep(Database database) throws InterruptedException {
    String url = database.ownUrl();
    if (url != null) {
      System.out.println("It runs until Ctrl-C; look in with:\n  " + url);
      System.out.flush();
      Thread.currentThread().join();
    }
  }

  private List<String> providers(Path root) throws IOException {
    List<String> wanted = Vouched.providers(root).stream().filter(asked::wants).toList();
    if (wanted.isEmpty()) {
      throw new ArchiveException(
          root
              + " has no manifest"
              + (asked.providers().isEmpty() ? "" : " of " + String.join(", ", asked.providers()))
              + ", so there is nothing that could be loaded and proven");
    }
    return wanted;
  }

  private static LocalDate newest(Path root, List<String> all) throws IOException {
    TreeSet<LocalDate> days = new TreeSet<>();
    for (String provider : all) {
      days.addAll(Vouched.days(root, provider));
    }
    if (days.isEmpty()) {
      throw new ArchiveException(root + " has no manifest of any day");
    }
    return days.last();
  }

  private Settings settings() {
    Map<String, String> over = place.overrides();
    if (db != null) {
      over.put("etl.db.url", db);
    }
    return Settings.read(
        place.home().resolve("config/application.properties"), System.getenv(), over);
  }

  /** Beside the lanes; a package is never written into, its archive has the place. */
  private static Path own(Path root) {
    boolean isPackage = Files.exists(root.resolve("package.json"));
    return (isPackage ? root.resolve("../../../..").normalize() : root).resolve("db");
  }
}
