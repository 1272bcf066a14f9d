package io.stockobserver.health;

/**
 * The answer to one question about the observer, for a load balancer and a person.
 *
 * @param name what was looked at, such as {@code feed}
 * @param provider whose it is; empty for the whole process
 * @param detail what was seen, in words
 * @param remedy what to do; empty when there is nothing to do
 */
public record Check(String name, String provider, Health health, String detail, String remedy) {
  /** Refuses one that says nothing, and one that leaves a person alone with what is wrong. */
  public Check {
    if (name.isEmpty() || detail.isEmpty()) {
      throw new IllegalArgumentException("a check without a name or a word");
    }
    if (health != Health.HEALTHY && remedy.isEmpty()) {
      throw new IllegalArgumentException(name + " is " + health + " and nobody knows what to do");
    }
  }

  /** All is well. */
  public static Check well(String name, String provider, String detail) {
    return new Check(name, provider, Health.HEALTHY, detail, "");
  }

  /** Its name among all: two venues have a feed each. */
  public String key() {
    return provider.isEmpty() ? name : provider + "." + name;
  }
}
