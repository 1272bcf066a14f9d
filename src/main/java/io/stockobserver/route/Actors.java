package io.stockobserver.route;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Who acts on this thread, and why, for the evidence: whoever lets an operator in says so around
 * what the operator calls. Where nobody does, it is the user who runs the process, who alone can
 * attach a console to it.
 */
public final class Actors {
  /** The reason of an act that came without one: a button was pressed. */
  public static final String CONSOLE = "console";

  // One for each process and its operators, not one for each virtual machine.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Who> bound = new ThreadLocal<>();

  /**
   * Who, and why.
   *
   * @param actor an account or a user of the system
   */
  public record Who(String actor, String reason) {}

  /** Whoever acts here. */
  public Who who() {
    Who who = bound.get();
    return who == null ? new Who(System.getProperty("user.name", "unknown"), CONSOLE) : who;
  }

  /** Whom an account stands for here, or who somebody at this machine says that he is. */
  String or(String said) {
    Who who = bound.get();
    return who == null ? said : who.actor();
  }

  /** What {@code act} does on this thread is {@code actor}'s act, for this reason. */
  public void as(String actor, String reason, Runnable act) {
    call(
        actor,
        reason,
        () -> {
          act.run();
          return true;
        });
  }

  /** The same, with an answer. What {@code act} throws is thrown on, wrapped if it is checked. */
  public <T> T call(String actor, String reason, Callable<T> act) {
    @Nullable Who before = bound.get();
    bound.set(new Who(actor, reason));
    try {
      return act.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      if (before == null) {
        bound.remove();
      } else {
        bound.set(before);
      }
    }
  }
}
