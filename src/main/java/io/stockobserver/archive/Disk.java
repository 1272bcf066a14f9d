package io.stockobserver.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The one seam between the archive and the file system: everything that seal, manifest, recovery
 * and keep do to files goes through here, so that tests can fail, shorten or forget any of it.
 * Nothing is durable before it was forced; a name is durable once its directory was forced.
 */
public interface Disk {
  boolean exists(Path file);

  long size(Path file) throws IOException;

  /** What is in a directory, sorted by name; nothing when there is none. */
  List<Path> list(Path directory) throws IOException;

  InputStream read(Path file) throws IOException;

  /** Up to {@code count} bytes from {@code from} on. */
  byte[] read(Path file, long from, int count) throws IOException;

  /** Makes a new empty file. */
  void create(Path file) throws IOException;

  /** Makes or empties a file and writes to it. */
  OutputStream write(Path file) throws IOException;

  /** Writes on behind what a file holds. */
  OutputStream append(Path file) throws IOException;

  void truncate(Path file, long size) throws IOException;

  /** Replaces the target. */
  void rename(Path from, Path target) throws IOException;

  void delete(Path file) throws IOException;

  /**
   * Gives a file a second name, which must be free. Where the file system has no such links, or no
   * more of them, makes a copy and forces that; the name is durable once its directory was forced.
   *
   * @return whether it is a link
   */
  boolean link(Path file, Path name) throws IOException;

  /** Makes the directory and those above it, and forces the name of each that is new. */
  void createDirectories(Path directory) throws IOException;

  void force(Path file) throws IOException;

  void forceDirectory(Path directory) throws IOException;

  /** A handle that is kept while a file grows, to force it. */
  Hold hold(Path file) throws IOException;

  /** Writes a whole file so that after a power cut it is there whole or not at all. */
  default void replace(Path target, byte[] content) throws IOException {
    createDirectories(target.getParent());
    Path beside = target.resolveSibling(target.getFileName() + ".tmp");
    try (OutputStream out = write(beside)) {
      out.write(content);
    }
    force(beside);
    rename(beside, target);
    forceDirectory(target.getParent());
  }

  /** Forces one growing file. */
  interface Hold extends Closeable {
    void force() throws IOException;
  }
}
