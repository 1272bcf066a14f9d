package io.stockobserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.archive.ArchiveException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A person at this terminal who asks the running observer for something, under his own name. */
final class Operator {
  private final ControlClient observer;

  private Operator(ControlClient observer) {
    this.observer = observer;
  }

  /**
   * Before the observer that writes there.
   *
   * @throws ArchiveException when none does
   */
  static Operator at(Place place) throws IOException {
    Path root = place.archive().toAbsolutePath().normalize();
    return new Operator(
        ControlClient.of(root)
            .orElseThrow(
                () ->
                    new ArchiveException(
                        "no observer runs in " + root + "; name its archive with --data")));
  }

  /** Asks, without doing anything. */
  JsonNode ask(String path) {
    return observer.post(path);
  }

  /**
   * Does something and prints what came of it; the exit code.
   *
   * @param path words of the address, each as it is
   */
  int act(
      Place place,
      @Nullable CommandSpec spec,
      @Nullable String reason,
      Map<String, String> more,
      String... path) {
    if (reason == null || reason.isBlank()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "say why with --reason TEXT");
    }
    StringBuilder address = new StringBuilder("/api");
    for (String word : path) {
      address.append('/').append(encoded(word));
    }
    address.append("?actor=").append(encoded(System.getProperty("user.name", "unknown")));
    address.append("&reason=").append(encoded(reason));
    address.append(
        more.entrySet().stream()
            .map(one -> "&" + one.getKey() + "=" + encoded(one.getValue()))
            .collect(Collectors.joining()));
    JsonNode told = observer.post(address.toString());
    boolean refused = told.has("refused");
    if (place.json) {
      System.out.println(told);
    } else if (refused) {
      System.err.println("observer: " + told.path("refused").asText());
    } else {
      System.out.println(told.path("done").asText());
    }
    return refused ? ObserverCommand.BAD_INPUT : ObserverCommand.DONE;
  }

  private static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
