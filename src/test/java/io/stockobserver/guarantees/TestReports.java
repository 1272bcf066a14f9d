package io.stockobserver.guarantees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What Surefire wrote of this build: which test methods ran, and how each ended. */
final class TestReports {
  private static final String MISSING = "cannot run on this machine: ";

  /** How one run of a method ended; a parameterized one has several. */
  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED,
    /** Skipped because the machine lacks something, which the skip names. */
    IMPOSSIBLE
  }

  private final Map<String, List<Outcome>> outcomes = new HashMap<>();

  /** Reads {@code TEST-*.xml}; what is older than {@code since} is of another build. */
  static TestReports read(Path folder, Instant since) throws IOException {
    TestReports all = new TestReports();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        boolean ours = name.startsWith("TEST-") && name.endsWith(".xml");
        if (ours && !Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
          all.add(file);
        }
      }
    }
    return all;
  }

  /** All ends of {@code Class#method} or {@code Class}; empty when none ran. */
  List<Outcome> of(String test) {
    List<Outcome> ends = new ArrayList<>();
    outcomes.forEach(
        (name, all) -> {
          if (name.equals(test) || name.startsWith(test + '#')) {
            ends.addAll(all);
          }
        });
    return ends;
  }

  private void add(Path file) throws IOException {
    try {
      NodeList cases =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element one = (Element) cases.item(i);
        // A parameterized method is called method(Type)[1].
        String method = one.getAttribute("name").replaceFirst("[^\\w].*", "");
        outcomes
            .computeIfAbsent(one.getAttribute("classname") + '#' + method, k -> new ArrayList<>())
            .add(outcome(one));
      }
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " is no test report", e);
    }
  }

  private static Outcome outcome(Element test) {
    if (test.getElementsByTagName("skipped").item(0) instanceof Element skipped) {
      String why = skipped.getAttribute("message") + skipped.getTextContent();
      boolean impossible = why.lines().findFirst().orElse("").contains(MISSING);
      return impossible ? Outcome.IMPOSSIBLE : Outcome.SKIPPED;
    }
    boolean failed =
        test.getElementsByTagName("failure").getLength() > 0
            || test.getElementsByTagName("error").getLength() > 0;
    return failed ? Outcome.FAILED : Outcome.PASSED;
  }
}
