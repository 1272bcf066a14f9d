package io.stockobserver.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A disk whose power is cut at some act, and then holds what a disk may: of each file what was last
 * forced and any part of what was written since, in which pages may be missing; of each directory
 * what was last forced and the first of the changes since, in their order. An act that is cut short
 * writes a part of its bytes.
 */
final class PowerDisk extends ActedDisk implements Appender {
  private final Path root;
  private final Random random;
  private long left;
  private boolean dead;
  private String last = "";

  private final Map<Path, Inode> names = new HashMap<>();
  private final Map<Path, Inode> durable = new HashMap<>();
  private final Map<Path, List<Map<Path, @Nullable Inode>>> journal = new TreeMap<>();
  private final Set<Path> folders = new HashSet<>();

  /** What a file is, whatever its names. */
  private static final class Inode {
    private byte[] forced = {};
    private byte @Nullable [] last;
  }

  PowerDisk(Path root, Random random, long acts) {
    this.root = root;
    this.random = random;
    this.left = acts;
    folders.add(root);
  }

  boolean isDead() {
    return dead;
  }

  /** The act that the power went at. */
  String last() {
    return last;
  }

  @Override
  protected void act(String act, Path file) throws IOException {
    if (!dead && left-- <= 0) {
      dead = true;
      last = act + " " + file.getFileName();
    }
    if (dead) {
      throw new IOException("the power is gone");
    }
  }

  private Inode inode(Path file) throws IOException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new IOException("no such file: " + file);
    }
    return inode;
  }

  private void change(Path folder, Map<Path, @Nullable Inode> changes) throws IOException {
    for (Map.Entry<Path, @Nullable Inode> each : changes.entrySet()) {
      Inode before = names.get(each.getKey());
      Inode after = each.getValue();
      if (before != null && before != after) {
        before.last = Files.readAllBytes(each.getKey());
      }
    }
    changes.forEach(
        (path, inode) -> {
          if (inode == null) {
            names.remove(path);
          } else {
            names.put(path, inode);
          }
        });
    journal.computeIfAbsent(folder, unseen -> new ArrayList<>()).add(changes);
  }

  private static Map<Path, @Nullable Inode> one(Path path, @Nullable Inode inode) {
    Map<Path, @Nullable Inode> change = new HashMap<>();
    change.put(path, inode);
    return change;
  }

  @Override
  public void create(Path file) throws IOException {
    super.create(file);
    change(file.getParent(), one(file, new Inode()));
  }

  @Override
  public OutputStream write(Path file) throws IOException {
    act("write", file);
    if (!names.containsKey(file)) {
      change(file.getParent(), one(file, new Inode()));
    }
    return new FilterOutputStream(sound.write(file)) {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        torn("write to", file, out, bytes, from, count);
      }
    };
  }

  @Override
  public OutputStream append(Path file) throws IOException {
    act("open", file);
    if (!names.containsKey(file)) {
      change(file.getParent(), one(file, new Inode()));
    }
    return new FilterOutputStream(sound.append(file)) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        torn("append to", file, out, bytes, from, count);
      }
    };
  }

  private void torn(String act, Path file, OutputStream out, byte[] bytes, int from, int count)
      throws IOException {
    boolean before = dead;
    try {
      act(act, file);
    } catch (IOException gone) {
      if (!before) {
        out.write(bytes, from, random.nextInt(count + 1));
        out.flush();
      }
      throw gone;
    }
    out.write(bytes, from, count);
  }

  /** What a route's endpoint does to a file: no act of the archive, and not forced. */
  @Override
  public void append(Batch batch) throws IOException {
    Path file = root.resolve(batch.path());
    try (OutputStream out = Files.newOutputStream(file, java.nio.file.StandardOpenOption.APPEND)) {
      torn("append to", file, out, batch.bytes(), 0, batch.bytes().length);
    }
  }

  @Override
  public void rename(Path from, Path target) throws IOException {
    act("rename", target);
    Map<Path, @Nullable Inode> changes = one(target, inode(from));
    changes.put(from, null);
    Inode moved = inode(from);
    change(target.getParent(), changes);
    moved.last = null;
    sound.rename(from, target);
  }

  @Override
  public void delete(Path file) throws IOException {
    act("delete", file);
    if (names.containsKey(file)) {
      change(file.getParent(), one(file, null));
    } else {
      folders.remove(file);
    }
    sound.delete(file);
  }

  @Override
  public boolean link(Path file, Path name) throws IOException {
    Inode inode = inode(file);
    boolean linked = super.link(file, name);
    change(name.getParent(), one(name, inode));
    return linked;
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = directory; at != null && !Files.isDirectory(at); at = at.getParent()) {
      missing.push(at);
    }
    act("create folder", directory);
    Files.createDirectories(directory);
    for (Path made : missing) {
      forceDirectory(made.getParent());
    }
  }

  @Override
  public void force(Path file) throws IOException {
    act("force", file);
    inode(file).forced = Files.readAllBytes(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    act("force folder", directory);
    for (Map<Path, @Nullable Inode> changes : journal.getOrDefault(directory, List.of())) {
      apply(changes, durable);
    }
    journal.remove(directory);
    for (Path child : sound.list(directory)) {
      if (Files.isDirectory(child)) {
        folders.add(child);
      }
    }
  }

  private static void apply(Map<Path, @Nullable Inode> changes, Map<Path, Inode> to) {
    changes.forEach(
        (path, inode) -> {
          if (inode == null) {
            to.remove(path);
          } else {
            to.put(path, inode);
          }
        });
  }

  @Override
  public Hold hold(Path file) throws IOException {
    Inode inode = inode(file);
    return new Hold() {
      @Override
      public void force() throws IOException {
        act("sync", file);
        if (names.get(file) == inode) {
          inode.forced = Files.readAllBytes(file);
        }
      }

      @Override
      public void close() {
        // nothing is forced by that
      }
    };
  }

  /** What is there when the power is back, in another directory. */
  void restart(Path target) throws IOException {
    dead = true;
    Map<Path, Inode> there = new TreeMap<>(durable);
    for (List<Map<Path, @Nullable Inode>> changes : journal.values()) {
      int kept = random.nextInt(changes.size() + 1);
      changes.subList(0, kept).forEach(change -> apply(change, there));
    }
    Set<Path> lost = new TreeSet<>();
    Map<Inode, byte[]> contents = new HashMap<>();
    Files.createDirectories(target);
    for (Map.Entry<Path, Inode> each : there.entrySet()) {
      if (isLost(each.getKey().getParent(), lost)) {
        continue;
      }
      Inode inode = each.getValue();
      byte[] content = contents.get(inode);
      if (content == null) {
        content = content(inode);
        contents.put(inode, content);
      }
      Path file = target.resolve(root.relativize(each.getKey()));
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    }
  }

  /** A folder whose name was never forced may be gone with all that is in it. */
  private boolean isLost(Path folder, Set<Path> lost) {
    for (Path at = folder; at != null && at.startsWith(root); at = at.getParent()) {
      if (lost.contains(at)) {
        return true;
      }
      if (!folders.contains(at)) {
        if (random.nextBoolean()) {
          lost.add(at);
          return true;
        }
        folders.add(at);
      }
    }
    return false;
  }

  private byte[] content(Inode inode) throws IOException {
    byte[] written = written(inode);
    int same = Arrays.mismatch(inode.forced, written);
    if (same < 0 || random.nextInt(4) == 0) {
      return inode.forced;
    }
    boolean grown = same == inode.forced.length;
    int end =
        grown
            ? same + random.nextInt(written.length - same + 1)
            : random.nextInt(written.length + 1);
    byte[] found = Arrays.copyOf(written, end);
    if (end > same && random.nextInt(3) == 0) {
      int hole = same + random.nextInt(end - same);
      Arrays.fill(found, hole, Math.min(end, hole + 1 + random.nextInt(64)), (byte) 0);
    }
    return found;
  }

  private byte[] written(Inode inode) throws IOException {
    for (Map.Entry<Path, Inode> name : names.entrySet()) {
      if (name.getValue() == inode) {
        return Files.readAllBytes(name.getKey());
      }
    }
    byte[] before = inode.last;
    return before == null ? inode.forced : before;
  }
}
