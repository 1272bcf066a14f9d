package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The venues that we know, and which of them a process observes. Immutable. */
final class Venues {
  private final List<VenueDoor> known;

  /** In the order in which people are told of them. */
  Venues(List<VenueDoor> known) {
    this.known = List.copyOf(known);
  }

  /** All that there are: a new venue has its line here. */
  static Venues all() {
    return new Venues(List.of(new KisDoor(), new UpbitDoor()));
  }

  /**
   * Reads and checks the settings of all of them.
   *
   * @throws SettingsException for a bad value, or a key that nobody reads
   */
  void check(Settings settings) {
    for (VenueDoor door : known) {
      settings.oneOf(enabled(door), "true", "false");
      door.check(settings);
    }
    settings.refuseUnknown();
  }

  /**
   * Those to observe: the named ones or, where none is named, those that the settings enable.
   *
   * @throws SettingsException where a name is not known, or nobody is left
   */
  List<VenueDoor> chosen(List<String> named, Settings settings) {
    for (String name : named) {
      if (known.stream().noneMatch(door -> door.provider().equals(name))) {
        throw new SettingsException("--provider " + name + " is not known; write " + names(" or "));
      }
    }
    List<VenueDoor> chosen = new ArrayList<>();
    for (VenueDoor door : known) {
      if (named.isEmpty()
          ? settings.oneOf(enabled(door), "true", "false").equals("true")
          : named.contains(door.provider())) {
        chosen.add(door);
      }
    }
    if (chosen.isEmpty()) {
      throw new SettingsException(
          "no venue is enabled; set "
              + known.stream()
                  .map(door -> enabled(door) + " = true")
                  .collect(Collectors.joining(" or "))
              + ", or name one with --provider ("
              + names(", ")
              + ")");
    }
    return chosen;
  }

  /**
   * The named ones or, where none is named, all that we know: whose days are kept need not be
   * observed any more.
   *
   * @throws SettingsException where a name is not known
   */
  List<VenueDoor> chosenOrKnown(List<String> named, Settings settings) {
    return named.isEmpty() ? known : chosen(named, settings);
  }

  List<VenueDoor> known() {
    return known;
  }

  /** The providers of all that are not among these. */
  Set<String> others(List<VenueDoor> chosen) {
    Set<String> others = new LinkedHashSet<>();
    known.stream()
        .filter(door -> !chosen.contains(door))
        .forEach(door -> others.add(door.provider()));
    return others;
  }

  private static String enabled(VenueDoor door) {
    return "provider." + door.provider() + ".enabled";
  }

  private String names(String between) {
    return known.stream().map(VenueDoor::provider).collect(Collectors.joining(between));
  }
}
