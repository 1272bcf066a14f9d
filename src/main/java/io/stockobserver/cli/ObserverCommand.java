package io.stockobserver.cli;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.backup.pulling.PullException;
import io.stockobserver.etl.EtlException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * {@code ./observer COMMAND}. Exit codes: 0 done, 1 the answer is no, 2 a bad option, key or
 * setting, 3 a directory, venue or server that cannot be used.
 */
@Command(
    name = "observer",
    description = "Records live market data into an archive that can be reproduced and proven.",
    mixinStandardHelpOptions = true,
    versionProvider = ObserverCommand.Version.class,
    subcommands = {
      CollectCommand.class,
      SimulateCommand.class,
      AuditCommand.class,
      PackageCommand.class,
      PullCommand.class,
      DrillCommand.class,
      RestoreCommand.class,
      RetentionCommand.class,
      ReplayCommand.class,
      VerifyCommand.class,
      VerifyRoutesCommand.class,
      EtlCommand.class,
      StatusCommand.class,
      RoutesCommand.class,
      SlotsCommand.class,
      MitigationCommand.class,
      UniverseCommand.class,
      UserCommand.class
    })
public final class ObserverCommand {
  static final int DONE = 0;
  static final int NO = 1;
  static final int BAD_INPUT = 2;
  static final int UNUSABLE = 3;

  private ObserverCommand() {}

  /** Runs one command; returns its exit code. */
  public static int run(String... args) {
    CommandLine line = new CommandLine(new ObserverCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command.getErr()));
    line.setParameterExceptionHandler(ObserverCommand::misused);
    if (args.length == 0) {
      line.usage(line.getErr());
      return BAD_INPUT;
    }
    return line.execute(args);
  }

  private static int misused(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(
        "observer: "
            + e.getMessage()
            + "; see ./observer "
            + String.join(" ", e.getCommandLine().getCommandSpec().qualifiedName(" ").split(" "))
                .replaceFirst("^observer ?", "")
            + " --help");
    return BAD_INPUT;
  }

  private static int failed(Exception e, PrintWriter err) {
    Throwable cause = e;
    while (cause != null) {
      if (cause instanceof SettingsException) {
        err.println("observer: " + cause.getMessage());
        return BAD_INPUT;
      }
      if (cause instanceof ArchiveException || cause instanceof EtlException) {
        err.println("observer: " + cause.getMessage());
        return UNUSABLE;
      }
      if (cause instanceof PullException pull) {
        err.println("observer: " + pull.getMessage());
        return pull.trouble().exit();
      }
      cause = cause.getCause();
    }
    err.println("observer: " + Words.lastCause(e));
    return UNUSABLE;
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = ObserverCommand.class.getPackage().getImplementationVersion();
      return new String[] {"Stock Observer " + (version == null ? "(not packaged)" : version)};
    }
  }
}
