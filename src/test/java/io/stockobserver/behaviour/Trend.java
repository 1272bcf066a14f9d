package io.stockobserver.behaviour;

/**
 * A straight line through readings by least squares: what an hour adds, and how sure that is. Where
 * a reading resembles the one before, fewer of them count.
 */
record Trend(double anHour, double error) {
  static Trend of(double[] hours, double[] readings) {
    int n = hours.length;
    if (n < 4 || readings.length != n) {
      throw new IllegalArgumentException("a trend needs four readings, each with its time");
    }
    double meanHour = mean(hours);
    double mean = mean(readings);
    double spread = 0;
    double along = 0;
    for (int i = 0; i < n; i++) {
      spread += (hours[i] - meanHour) * (hours[i] - meanHour);
      along += (hours[i] - meanHour) * (readings[i] - mean);
    }
    double slope = along / spread;
    double squares = 0;
    double alike = 0;
    double before = 0;
    for (int i = 0; i < n; i++) {
      double off = readings[i] - mean - slope * (hours[i] - meanHour);
      squares += off * off;
      alike += off * before;
      before = off;
    }
    double r = squares == 0 ? 0 : Math.min(0.9, Math.max(0, alike / squares));
    return new Trend(slope, Math.sqrt(squares / (n - 2) / spread * (1 + r) / (1 - r)));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** What an hour adds at the least: chance alone is above it once in hundreds of runs. */
  double atLeast() {
    return anHour - 3 * error;
  }
}
