package io.stockobserver.etl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** The one PostgreSQL of this test process, or the word that a machine cannot run any. */
final class PostgresHere {
  /** How every skipped test begins that needs what a machine does not have. */
  static final String MISSING = "cannot run on this machine: ";

  private static @Nullable EmbeddedServer server;

  private PostgresHere() {}

  /** Started once; a test that asks where none can run is skipped, with the reason. */
  static synchronized EmbeddedServer server() {
    // Another test process beside this one has its own.
    for (int i = 0; server == null; i++) {
      try {
        server = start(Path.of("target", "test-database", "" + i).toAbsolutePath());
      } catch (EtlException taken) {
        if (i > 8) {
          throw taken;
        }
      }
    }
    return server;
  }

  /** One more, below a folder of its own; with the programs that are unpacked already. */
  static EmbeddedServer start(Path home) {
    Path programs = Path.of("target", "test-database", "0", PostgresBinaries.FOLDER);
    Path link = home.resolve(PostgresBinaries.FOLDER);
    try {
      if (Files.exists(programs) && Files.notExists(link) && !link.endsWith(programs)) {
        Files.createSymbolicLink(
            Files.createDirectories(home).resolve(PostgresBinaries.FOLDER),
            programs.toAbsolutePath());
      }
    } catch (IOException unpackThemThen) {
      // It takes some seconds more.
    }
    try {
      return EmbeddedServer.start(home);
    } catch (EtlException e) {
      if (e.isBusy()) {
        throw e;
      }
      throw new TestAbortedException(MISSING + e.getMessage(), e);
    }
  }
}
