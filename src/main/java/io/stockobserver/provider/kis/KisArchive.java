package io.stockobserver.provider.kis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The one member of a master's ZIP, unpacked in memory (KIS sheet 5.1).
 *
 * @param member its name, without folders
 */
record KisArchive(String member, byte[] bytes) {
  /** A whole board is under 1 MB; what inflates to more than this is meant to harm. */
  static final int MOST_BYTES = 64 * 1024 * 1024;

  private static final int END_RECORD = 22;
  private static final int MOST_COMMENT = 65_535;

  /** Why an archive cannot be read; the message is the reason, such as {@code zip-truncated}. */
  static final class Unreadable extends Exception {
    Unreadable(String reason) {
      super(reason);
    }
  }

  /** Unpacks the member that ends in {@code .mst}; its checksum is checked on the way. */
  static KisArchive unpack(byte[] zip, int mostBytes) throws Unreadable {
    if (zip.length < 4 || zip[0] != 'P' || zip[1] != 'K') {
      throw new Unreadable("not-a-zip");
    }
    if (!hasEnd(zip)) {
      throw new Unreadable("zip-truncated");
    }
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (KisBoard.named(name) != null) {
          return new KisArchive(name, read(in, mostBytes));
        }
      }
      throw new Unreadable("zip-without-master");
    } catch (EOFException e) {
      throw new Unreadable("zip-truncated");
    } catch (IOException | IllegalArgumentException e) {
      throw new Unreadable("zip-damaged");
    }
  }

  private static byte[] read(ZipInputStream in, int mostBytes) throws IOException, Unreadable {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (out.size() + n > mostBytes) {
        throw new Unreadable("zip-too-large");
      }
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }

  /** Whether the archive's last record is there: a download that broke off has none. */
  private static boolean hasEnd(byte[] zip) {
    int lowest = Math.max(0, zip.length - END_RECORD - MOST_COMMENT);
    for (int i = zip.length - END_RECORD; i >= lowest; i--) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 5 && zip[i + 3] == 6) {
        return true;
      }
    }
    return false;
  }
}
