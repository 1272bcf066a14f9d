package io.stockobserver.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "verify-routes",
    description = "Checks routes and config.",
    mixinStandardHelpOptions = true)
final class VerifyRoutesCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return ObserverCommand.DONE;
  }
}
