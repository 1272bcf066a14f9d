package io.stockobserver.retention;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.LocalDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** The machine's disk, for a test to change one thing about it. */
class FilterDisk implements Disk {
  private final Disk sound = new LocalDisk();

  @Override
  public boolean exists(Path file) {
    return sound.exists(file);
  }

  @Override
  public long size(Path file) throws IOException {
    return sound.size(file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return sound.list(directory);
  }

  @Override
  public InputStream read(Path file) throws IOException {
    return sound.read(file);
  }

  @Override
  public byte[] read(Path file, long from, int count) throws IOException {
    return sound.read(file, from, count);
  }

  @Override
  public void create(Path file) throws IOException {
    sound.create(file);
  }

  @Override
  public OutputStream write(Path file) throws IOException {
    return sound.write(file);
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    sound.truncate(file, size);
  }

  @Override
  public void rename(Path from, Path target) throws IOException {
    sound.rename(from, target);
  }

  @Override
  public void delete(Path file) throws IOException {
    sound.delete(file);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    sound.createDirectories(directory);
  }

  @Override
  public void force(Path file) throws IOException {
    sound.force(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    sound.forceDirectory(directory);
  }

  @Override
  public Hold hold(Path file) throws IOException {
    return sound.hold(file);
  }
}
