package io.stockobserver;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules of the house over compiled classes; each answers with a sentence a violation. */
final class House {
  private static final Set<String> OLD_TIME =
      Set.of("java.util.Date", "java.util.Calendar", "java.util.GregorianCalendar");

  private final JavaClasses classes;
  private final Floors floors;
  private final String clock;

  House(JavaClasses classes, String base) {
    this.classes = classes;
    this.floors = new Floors(base);
    this.clock = base + ".market.MarketClock";
  }

  /** How many classes the rules see. */
  int size() {
    return classes.size();
  }

  List<String> strangeRooms() {
    return classes.stream()
        .filter(type -> !floors.isKnown(room(type)))
        .map(type -> type.getName() + " is in no room that has a floor")
        .sorted()
        .toList();
  }

  List<String> looksUpOrSideways() {
    return between(
            (from, to) -> !from.equals(to) && floors.floor(to) >= floors.floor(from),
            "looks from %s on floor %d to %s on floor %d")
        .toList();
  }

  List<String> providersThatMeet() {
    return between(
            (from, to) ->
                !from.equals(to) && from.startsWith("provider.") && to.startsWith("provider."),
            "knows another venue: %1$s, %3$s")
        .toList();
  }

  List<String> simulatorThatKnowsUs() {
    return between(
            (from, to) ->
                from.equals("simulator") && !to.equals("simulator") && !to.equals("market"),
            "lets the simulator share our mistakes: %3$s")
        .toList();
  }

  List<String> camelBelowTheEdge() {
    return dependencies(
            d ->
                d.getTargetClass().getPackageName().startsWith("org.apache.camel")
                    && !floors.isEdge(room(d.getOriginClass())))
        .map(d -> d.getOriginClass().getName() + " imports " + d.getTargetClass().getName())
        .distinct()
        .sorted()
        .toList();
  }

  List<String> emptyWords() {
    return classes.stream()
        .filter(
            type -> type.getSimpleName().matches(".*(Utils?|Helpers?|Manager|Impl|Common|Base)"))
        .map(JavaClass::getName)
        .sorted()
        .toList();
  }

  List<String> packagesWithoutInfo() {
    Set<String> told =
        Set.copyOf(
            classes.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .toList());
    return classes.stream()
        .map(JavaClass::getPackageName)
        .distinct()
        .filter(name -> !told.contains(name))
        .sorted()
        .toList();
  }

  /** Who asks for the time without the market's clock. */
  List<String> ownClocks() {
    return classes.stream()
        .filter(type -> !type.getName().equals(clock))
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(House::asksTheSystem)
        .map(a -> a.getOrigin().getFullName() + " asks " + a.getTarget().getFullName())
        .distinct()
        .sorted()
        .toList();
  }

  List<String> oldDates() {
    return dependencies(d -> OLD_TIME.contains(d.getTargetClass().getName()))
        .map(d -> d.getOriginClass().getName() + " uses " + d.getTargetClass().getName())
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean asksTheSystem(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    boolean withClock = access.getTarget().getFullName().contains("(java.time.Clock");
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis");
      case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
      case "java.time.InstantSource" -> name.equals("system");
      default -> owner.startsWith("java.time.") && name.equals("now") && !withClock;
    };
  }

  private interface Pair {
    boolean matches(String from, String to);
  }

  private Stream<String> between(Pair rooms, String words) {
    return dependencies(
            d ->
                floors.isOurs(d.getTargetClass().getPackageName())
                    && rooms.matches(room(d.getOriginClass()), room(d.getTargetClass())))
        .map(
            d -> {
              String from = room(d.getOriginClass());
              String to = room(d.getTargetClass());
              return d.getOriginClass().getName()
                  + " -> "
                  + d.getTargetClass().getName()
                  + ' '
                  + words.formatted(from, floors.floor(from), to, floors.floor(to));
            })
        .distinct()
        .sorted();
  }

  private Stream<Dependency> dependencies(Predicate<Dependency> wanted) {
    return classes.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(wanted);
  }

  private String room(JavaClass type) {
    return floors.room(type.getPackageName());
  }
}
