package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.Verification;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.Verification.Report;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks seals, chains and torn tails; writes nothing. */
@Command(
    name = "verify",
    description = "Checks every seal, the chain of manifests and the ends of open files.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "An archive, a day or a file (default: the archive).")
  private @Nullable Path path;

  @Override
  public Integer call() throws Exception {
    Path what = (path == null ? place.archive() : path).toAbsolutePath().normalize();
    if (!Files.exists(what)) {
      throw new ArchiveException(what + " is not there; name an archive with --data");
    }
    Report report = Verification.of(what);
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
                  ? "; every seal holds"
                  : "; " + Words.count(report.problems().size()) + " problems")
              + " ("
              + what
              + ")");
    }
    return report.ok() ? ObserverCommand.DONE : ObserverCommand.NO;
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
