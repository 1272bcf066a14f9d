package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.Settings;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.Verification;
import io.stockobserver.archive.Verification.Means;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.Verification.Report;
import io.stockobserver.backup.packing.PackageKeys;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks seals, chains, packages, receipts, torn tails and single files; writes nothing. */
@Command(
    name = "verify",
    description =
        "Checks every seal, chain, package, signature and receipt and the ends of open files; or"
            + " what one file tells of itself.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private static final int MOST = 64;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private Place place = new Place();

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "An archive, a backup, a package, a day or a file (default: the archive).")
  private @Nullable Path path;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Files read side by side (default: the processors, at most 4).")
  private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public key that packages have to be signed with: the server's .pub file.")
  private @Nullable Path key;

  @Override
  public Integer call() throws Exception {
    Path what = (path == null ? place.archive() : path).toAbsolutePath().normalize();
    if (!Files.exists(what)) {
      throw new ArchiveException(what + " is not there; name an archive with --data");
    }
    if (threads < 1 || threads > MOST) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--threads " + threads + " is not possible; write 1 to " + MOST);
    }
    Report report;
    try (VerifyProgress progress = new VerifyProgress(what, place.json)) {
      report = Verification.of(what, means(what, progress));
    }
    PrintStream out = System.out;
    if (place.json) {
      out.println(json(what, report));
    } else {
      tell(out, "  ", report.problems());
      tell(out, "  note: ", report.notes());
      out.println(
          (report.ok() ? "Sound: " : "NOT sound: ")
              + Words.count(report.files())
              + " files, "
              + Words.bytes(report.bytes())
              + (report.ok()
                  ? "; everything that can be proven holds"
                  : "; " + Words.count(report.problems().size()) + " problems")
              + " ("
              + what
              + ")");
    }
    return report.ok() ? ObserverCommand.DONE : ObserverCommand.NO;
  }

  /**
   * The key that was named, or this machine's own, which has to be the one in its own archive only:
   * a backup may be of another machine.
   */
  private Means means(Path what, VerifyProgress progress) {
    Path named = key;
    if (named != null) {
      Optional<String> open = PackageKeys.readPublic(named);
      if (open.isEmpty()) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "--key " + named + " is no public key; name the server's package.key.pub");
      }
      return new Means(threads, open, true, progress::read);
    }
    Settings settings = place.settings();
    Optional<String> own =
        PackageKeys.readPublic(place.home().resolve(settings.text("package.key") + ".pub"));
    Path archive = place.home().resolve(place.ownArchive()).toAbsolutePath().normalize();
    boolean ours = own.isPresent() && what.startsWith(archive);
    return new Means(threads, own, ours, progress::read);
  }

  private static void tell(PrintStream out, String before, List<Problem> problems) {
    for (Problem p : problems) {
      out.println(before + p.path() + where(p) + ": " + p.kind() + ", " + p.what());
    }
  }

  private static String where(Problem p) {
    return (p.line() > 0 ? ":" + p.line() : "") + (p.offset() >= 0 ? " at byte " + p.offset() : "");
  }

  private static String json(Path what, Report report) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode all = mapper.createObjectNode();
    all.put("path", what.toString());
    all.put("ok", report.ok());
    all.put("files", report.files());
    all.put("bytes", report.bytes());
    all.set("problems", list(mapper, report.problems()));
    all.set("notes", list(mapper, report.notes()));
    return mapper.writeValueAsString(all);
  }

  private static ArrayNode list(ObjectMapper mapper, List<Problem> problems) {
    ArrayNode array = mapper.createArrayNode();
    for (Problem p : problems) {
      ObjectNode one = array.addObject();
      one.put("path", p.path());
      one.put("kind", p.kind());
      if (p.line() > 0) {
        one.put("line", p.line());
      }
      if (p.offset() >= 0) {
        one.put("offset", p.offset());
      }
      one.put("what", p.what());
    }
    return array;
  }
}
