package io.stockobserver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A sound disk that tells of each act that changes something or forces it, before it is done. */
public abstract class ActedDisk implements Disk {
  protected final Disk sound = new LocalDisk();

  /** What is about to be done; where this throws, it is not. */
  protected abstract void act(String act, Path file) throws IOException;

  @Override
  public final boolean exists(Path file) {
    return sound.exists(file);
  }

  @Override
  public final long size(Path file) throws IOException {
    return sound.size(file);
  }

  @Override
  public final List<Path> list(Path directory) throws IOException {
    return sound.list(directory);
  }

  @Override
  public final InputStream read(Path file) throws IOException {
    return sound.read(file);
  }

  @Override
  public final byte[] read(Path file, long from, int count) throws IOException {
    return sound.read(file, from, count);
  }

  @Override
  public void create(Path file) throws IOException {
    act("create", file);
    sound.create(file);
  }

  @Override
  public OutputStream write(Path file) throws IOException {
    act("write", file);
    return sound.write(file);
  }

  @Override
  public OutputStream append(Path file) throws IOException {
    act("append", file);
    return sound.append(file);
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    act("truncate", file);
    sound.truncate(file, size);
  }

  @Override
  public void rename(Path from, Path target) throws IOException {
    act("rename", target);
    sound.rename(from, target);
  }

  @Override
  public void delete(Path file) throws IOException {
    act("delete", file);
    sound.delete(file);
  }

  @Override
  public boolean link(Path file, Path name) throws IOException {
    act("link", name);
    return sound.link(file, name);
  }
}
