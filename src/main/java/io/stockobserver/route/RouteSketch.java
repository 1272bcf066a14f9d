package io.stockobserver.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ErrorHandlerDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What one route or route configuration names and refers to, read from Camel's model before it is
 * built.
 *
 * @param id as written; empty when the file gives none
 * @param hears the {@code direct:} name it listens at; empty for another source
 * @param errorPlans the route configurations it wants
 * @param calls the {@code direct:} names it calls
 */
record RouteSketch(
    String file,
    String id,
    int line,
    boolean configuration,
    String hears,
    List<String> errorPlans,
    List<Reference> calls) {

  /** A name that must exist elsewhere. */
  record Reference(String name, int line) {}

  private static final String DIRECT = "direct:";

  /** What was loaded into {@code camel} and not yet built, in the order of loading. */
  static List<RouteSketch> of(CamelContext camel) {
    ModelCamelContext model = (ModelCamelContext) camel;
    List<RouteSketch> all = new ArrayList<>();
    model.getRouteConfigurationDefinitions().forEach(c -> all.add(configuration(camel, c)));
    model.getRouteDefinitions().forEach(route -> all.add(route(camel, route)));
    return all;
  }

  /** The same, found in another file. */
  RouteSketch in(RouteFile another) {
    return new RouteSketch(another.name(), id, line, configuration, hears, errorPlans, calls);
  }

  private static RouteSketch configuration(
      CamelContext camel, RouteConfigurationDefinition configuration) {
    List<ProcessorDefinition<?>> plans = new ArrayList<>(configuration.getOnExceptions());
    plans.addAll(configuration.getOnCompletions());
    return new RouteSketch(
        // Camel forgets where a configuration came from; ours are called as their files are.
        file(configuration.getResource(), text(configuration.getId()) + RouteFile.ENDING),
        text(configuration.getId()),
        configuration.getLineNumber(),
        true,
        "",
        List.of(),
        calls(camel, plans, configuration.getErrorHandler()));
  }

  private static RouteSketch route(CamelContext camel, RouteDefinition route) {
    boolean named = route.hasCustomIdAssigned();
    String wanted = text(route.getRouteConfigurationId());
    return new RouteSketch(
        file(route.getResource(), ""),
        named ? text(route.getId()) : "",
        route.getLineNumber(),
        false,
        direct(camel, route.getInput().getEndpointUri()),
        wanted.isEmpty() ? List.of() : Stream.of(wanted.split(",", -1)).map(String::trim).toList(),
        calls(camel, route.getOutputs(), route.getErrorHandler()));
  }

  private static List<Reference> calls(
      CamelContext camel,
      List<ProcessorDefinition<?>> steps,
      @Nullable ErrorHandlerDefinition errorHandler) {
    List<Reference> all = new ArrayList<>();
    Collection<EndpointRequiredDefinition> sends =
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, EndpointRequiredDefinition.class);
    for (EndpointRequiredDefinition send : sends) {
      String name = direct(camel, send.getEndpointUri());
      if (!name.isEmpty()) {
        all.add(new Reference(name, send instanceof NamedNode node ? node.getLineNumber() : 0));
      }
    }
    if (errorHandler != null
        && errorHandler.getErrorHandlerType() instanceof DeadLetterChannelDefinition dead) {
      String name = direct(camel, dead.getDeadLetterUri());
      if (!name.isEmpty()) {
        all.add(new Reference(name, 0));
      }
    }
    return all;
  }

  /** The name behind {@code direct:}; empty for any other address. */
  private static String direct(CamelContext camel, @Nullable String uri) {
    String address = uri == null ? "" : camel.resolvePropertyPlaceholders(uri);
    if (!address.startsWith(DIRECT)) {
      return "";
    }
    String name = address.substring(DIRECT.length()).replaceFirst("^//", "");
    int query = name.indexOf('?');
    return query < 0 ? name : name.substring(0, query);
  }

  private static String file(@Nullable Resource resource, String otherwise) {
    String location = resource == null ? otherwise : resource.getLocation();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
