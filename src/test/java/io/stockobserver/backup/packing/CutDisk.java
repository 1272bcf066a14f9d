package io.stockobserver.backup.packing;

import io.stockobserver.archive.ActedDisk;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A disk whose power fails at a chosen act: from then on nothing works, and what was not forced may
 * be there, in part, or not at all, as a seed decides. It keeps account of what is forced and
 * forces nothing, for no real power is cut.
 */
final class CutDisk extends ActedDisk {
  private final long at;
  private final Set<Path> unforced = new LinkedHashSet<>();
  private final Set<Path> unnamed = new LinkedHashSet<>();
  private long acts;

  /** Fails at this act, the first being 1. */
  CutDisk(long at) {
    this.at = at;
  }

  long acts() {
    return acts;
  }

  @Override
  protected void act(String act, Path file) throws IOException {
    acts++;
    if (acts >= at) {
      throw new IOException("the power is gone");
    }
  }

  /** What comes back with the power. */
  void comeBack(Random chance) throws IOException {
    for (Path file : unforced) {
      if (Files.isRegularFile(file)) {
        byte[] bytes = Files.readAllBytes(file);
        int kept = chance.nextInt(bytes.length + 1);
        Files.write(file, java.util.Arrays.copyOf(bytes, chance.nextBoolean() ? kept : 0));
      }
    }
    for (Path name : unnamed) {
      if (chance.nextBoolean()) {
        remove(name);
      }
    }
  }

  private static void remove(Path name) throws IOException {
    if (Files.isDirectory(name)) {
      try (Stream<Path> inside = Files.list(name)) {
        for (Path each : inside.toList()) {
          remove(each);
        }
      }
    }
    Files.deleteIfExists(name);
  }

  @Override
  public void create(Path file) throws IOException {
    super.create(file);
    unnamed.add(file);
  }

  @Override
  public OutputStream write(Path file) throws IOException {
    boolean fresh = !sound.exists(file);
    OutputStream sink = super.write(file);
    if (fresh) {
      unnamed.add(file);
    }
    unforced.add(file);
    return new FilterOutputStream(sink) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        act("write to", file);
        out.write(bytes, from, count);
      }
    };
  }

  @Override
  public OutputStream append(Path file) throws IOException {
    OutputStream sink = super.append(file);
    unforced.add(file);
    return sink;
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    super.truncate(file, size);
    unforced.add(file);
  }

  /** What stood there before comes back where the new name is lost. */
  @Override
  public void rename(Path from, Path target) throws IOException {
    boolean replaced = sound.exists(target);
    super.rename(from, target);
    unnamed.remove(from);
    if (unforced.remove(from)) {
      unforced.add(target);
    }
    if (!replaced) {
      unnamed.add(target);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    super.delete(file);
    unforced.remove(file);
    unnamed.remove(file);
  }

  @Override
  public boolean link(Path file, Path name) throws IOException {
    boolean linked = super.link(file, name);
    unnamed.add(name);
    return linked;
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    act("create folder", directory);
    Files.createDirectories(directory); // a disk forces each name that is new
  }

  @Override
  public void force(Path file) throws IOException {
    act("force", file);
    unforced.remove(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    act("force folder", directory);
    unnamed.removeIf(name -> directory.equals(name.getParent()));
  }

  @Override
  public Hold hold(Path file) throws IOException {
    return sound.hold(file);
  }
}
