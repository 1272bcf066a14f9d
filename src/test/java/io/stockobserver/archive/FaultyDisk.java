package io.stockobserver.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk that fails when told to: the act that is named, on files whose name contains a word. */
public final class FaultyDisk extends ActedDisk {
  /** Every act that changes something or forces it, in order. */
  final List<String> acts = new ArrayList<>();

  private final boolean forces;
  private String failing = "";
  private volatile String awaited = "";
  private volatile Wait wait = () -> {};

  /** Something that an act waits for. */
  public interface Wait {
    void pass() throws InterruptedException;
  }

  private String word = "";

  public FaultyDisk() {
    this(true);
  }

  private FaultyDisk(boolean forces) {
    this.forces = forces;
  }

  /** One that forces nothing: for sweeps of thousands of files, where no power is cut. */
  static FaultyDisk withoutForcing() {
    return new FaultyDisk(false);
  }

  /** From now on this act fails on files whose name contains the word; "" lets all go well. */
  public synchronized void fail(String act, String onFilesWith) {
    failing = act;
    word = onFilesWith;
  }

  /** From now on this act waits for something first. */
  public void before(String act, Wait first) {
    wait = first;
    awaited = act;
  }

  @Override
  protected void act(String act, Path file) throws IOException {
    if (act.equals(awaited)) {
      try {
        wait.pass();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    actNow(act, file);
  }

  private synchronized void actNow(String act, Path file) throws IOException {
    if (forces) {
      acts.add(act + " " + file.getFileName());
    }
    if (act.equals(failing) && file.toString().contains(word)) {
      throw new IOException("No space left on device");
    }
  }

  /** What was done so far, and forgets it. */
  public synchronized List<String> takeActs() {
    List<String> done = List.copyOf(acts);
    acts.clear();
    return done;
  }

  @Override
  public OutputStream write(Path file) throws IOException {
    return new FilterOutputStream(super.write(file)) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        boolean full;
        synchronized (FaultyDisk.this) {
          full = failing.equals("short") && file.toString().contains(word);
        }
        out.write(bytes, from, full ? count / 2 : count);
        if (full) {
          throw new IOException("No space left on device");
        }
      }
    };
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    if (forces) {
      sound.createDirectories(directory);
    } else {
      Files.createDirectories(directory);
    }
  }

  @Override
  public void force(Path file) throws IOException {
    act("force", file);
    if (forces) {
      sound.force(file);
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    act("force-dir", directory);
    if (forces) {
      sound.forceDirectory(directory);
    }
  }

  @Override
  public Hold hold(Path file) throws IOException {
    Hold hold = sound.hold(file);
    return new Hold() {
      @Override
      public void force() throws IOException {
        act("sync", file);
        if (forces) {
          hold.force();
        }
      }

      @Override
      public void close() throws IOException {
        hold.close();
      }
    };
  }
}
