package io.stockobserver.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of accounts: a line each, {@code NAME:HASH}; empty lines and lines that begin with # are
 * comments. Only its owner may read it (mode 600). No password is ever in it.
 */
public final class UserFile {
  private static final int MOST = 1000;

  private final Path file;

  public UserFile(Path file) {
    this.file = file;
  }

  /**
   * Reads it; nobody where there is none.
   *
   * @throws IOException telling the file and the line that cannot be read
   */
  public Users read() throws IOException {
    Map<String, PasswordHash> all = new LinkedHashMap<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      try {
        String name = line.substring(0, Math.max(0, colon));
        Users.checkName(name);
        all.put(name, PasswordHash.parse(line.substring(colon + 1)));
      } catch (IllegalArgumentException wrong) {
        // Never what stands there: it may be a password.
        throw new IOException(
            file + " line " + (i + 1) + " is no account; write it with ./observer user add NAME",
            wrong);
      }
    }
    return new Users(all);
  }

  private List<String> lines() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() > MOST) {
      throw new IOException(file + " has more than " + MOST + " lines");
    }
    return lines;
  }

  /**
   * Adds an account, or gives it another password.
   *
   * @return whether it is new
   * @throws IllegalArgumentException telling what is wrong with the name or the password
   * @throws IOException when the file cannot be read or written; it is then as it was
   */
  public boolean add(String name, String password) throws IOException {
    Users.checkName(name);
    Users.checkPassword(password);
    boolean isNew = !read().has(name);
    List<String> lines = new ArrayList<>(lines());
    lines.removeIf(line -> line.strip().startsWith(name + ":"));
    lines.add(name + ":" + PasswordHash.of(password, PasswordHash.ROUNDS));
    write(String.join("\n", lines) + "\n");
    return isNew;
  }

  private void write(String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path half = Files.createTempFile(folder, ".users", null); // mode 600 where there are modes
    try {
      Files.write(half, text.getBytes(UTF_8));
      if (java.io.File.separatorChar != '\\') {
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
