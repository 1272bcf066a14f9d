package io.stockobserver.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "verify",
    description = "Checks seals, chains and torn tails.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return ObserverCommand.DONE;
  }
}
