package io.stockobserver.backup.pulling;

/** Who watches a pull. Called by many threads. */
public interface PullProgress {
  /** So many bytes more are to come. */
  void expect(long bytes);

  /** So many came, or were here; below zero where they have to come again. */
  void came(long bytes);

  /** Nobody watches. */
  static PullProgress unseen() {
    return new PullProgress() {
      @Override
      public void expect(long bytes) {}

      @Override
      public void came(long bytes) {}
    };
  }
}
