package io.stockobserver.route.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stockobserver.health.Health;
import io.stockobserver.health.HealthReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.spi.RoutePolicyFactory;

/**
 * The figures of this process as Prometheus reads them: venues, checks, exchanges by route, and the
 * Java machine. Thread-safe; {@link #page} asks every source and belongs on a worker thread.
 */
public final class Meters implements AutoCloseable {
  /** What a scrape is answered with. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** The registry holds what it reads from weakly. */
  private final List<Glance> glances = new ArrayList<>();

  /** Of the Java machine, so far. */
  public Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collections.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  /** Adds the exchanges of every route; a bean that Camel finds by its type. */
  public RoutePolicyFactory routes() {
    MicrometerRoutePolicyFactory policies = new MicrometerRoutePolicyFactory();
    policies.setMeterRegistry(registry);
    MicrometerRoutePolicyConfiguration which = new MicrometerRoutePolicyConfiguration();
    which.setContextEnabled(false);
    policies.setPolicyConfiguration(which);
    return policies;
  }

  /** Adds a venue. */
  public synchronized void venue(VenueSource source, LongSupplier nanos) {
    Glance glance = new Glance(source, nanos);
    glances.add(glance);
    VenueMeters.bind(registry, source, glance);
  }

  /** Adds the checks; they are the same at every look. */
  public synchronized void health(Supplier<HealthReport> source) {
    for (HealthReport.Line line : source.get().lines()) {
      Gauge.builder("observer.health", () -> level(source, line.check().key()))
          .description("How well a check is: 0 up, 1 degraded, 2 down")
          .tag("check", line.check().name())
          .tag("provider", line.check().provider())
          .strongReference(true)
          .register(registry);
    }
  }

  private static double level(Supplier<HealthReport> source, String key) {
    return source.get().lines().stream()
        .filter(line -> line.check().key().equals(key))
        .mapToDouble(line -> level(line.check().health()))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double level(Health health) {
    return switch (health) {
      case HEALTHY -> 0;
      case DEGRADED -> 1;
      case DOWN -> 2;
    };
  }

  /** The page. */
  public String page() {
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
