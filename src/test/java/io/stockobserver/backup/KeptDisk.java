package io.stockobserver.backup;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.LocalDisk;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The machine's disk, which counts what is deleted and can take nothing more. */
public final class KeptDisk {
  public final List<Path> deleted = new CopyOnWriteArrayList<>();

  /** Once a file's name contains this, nothing is written to it; empty for a good disk. */
  public volatile String full = "";

  public Disk disk() {
    LocalDisk local = new LocalDisk();
    InvocationHandler handler =
        (self, method, args) -> {
          if (method.getName().equals("delete")) {
            deleted.add((Path) args[0]);
          }
          boolean writes =
              List.of("write", "append", "create", "createDirectories").contains(method.getName());
          if (writes && !full.isEmpty() && args[0].toString().contains(full)) {
            throw new IOException("No space left on device");
          }
          try {
            return method.isDefault()
                ? InvocationHandler.invokeDefault(self, method, args)
                : method.invoke(local, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Disk)
        Proxy.newProxyInstance(Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, handler);
  }
}
