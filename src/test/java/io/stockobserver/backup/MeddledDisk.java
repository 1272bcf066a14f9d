package io.stockobserver.backup;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.LocalDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/** The machine's disk, and something that comes before each of one kind of its acts. */
public final class MeddledDisk {
  private MeddledDisk() {}

  /** What comes before; it may fail in the act's stead. */
  public interface Meddling {
    void before(Path file) throws IOException;
  }

  /** Meddles with the act of this name, such as {@code delete}. */
  public static Disk before(String act, Meddling meddling) {
    Disk sound = new LocalDisk();
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(act)) {
                meddling.before((Path) arguments[0]);
              }
              try {
                return method.invoke(sound, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }
}
