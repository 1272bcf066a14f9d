package io.stockobserver.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts on disk: hashes, never passwords. */
class UsersTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir Path dir;

  @Test
  void aHashIsPbkdf2AsOthersComputeIt() {
    // python3 -c "import hashlib;print(hashlib.pbkdf2_hmac('sha512',b'correct horse battery',
    // bytes(range(16)),1000,32).hex())"
    String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(DIGEST));
    byte[] salt = new byte[16];
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) i;
    }
    String line = "pbkdf2-sha512$1000$" + Base64.getEncoder().encodeToString(salt) + "$" + digest;
    assertThat(PasswordHash.parse(line).isOf(PASSWORD)).isTrue();
    assertThat(PasswordHash.parse(line).isOf(PASSWORD + " ")).isFalse();
    assertThat(PasswordHash.parse(line).toString()).isEqualTo(line);
  }

  private static final String DIGEST =
      "4e8c45522e72ddfa6b6515bf57a0aea51dae20361fbb2e6b96c17d67813ae3c9";

  @Test
  void theFileHasNoPasswordAndIsItsOwnersAlone() throws IOException {
    Path file = dir.resolve("keys/users");
    UserFile users = new UserFile(file);
    assertThat(users.read().isEmpty()).isTrue();
    assertThat(users.add("lee", PASSWORD)).isTrue();
    assertThat(users.add("kim", PASSWORD)).isTrue();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("lee:pbkdf2-sha512$210000$");
    assertThat(lines.get(1)).startsWith("kim:");
    // The same password, another salt.
    assertThat(lines.get(0).substring(4)).isNotEqualTo(lines.get(1).substring(4));
    assertThat(Files.readString(file)).doesNotContain(PASSWORD).doesNotContain("correct");
    assertThat(Files.readString(file))
        .doesNotContain(Base64.getEncoder().encodeToString(PASSWORD.getBytes(UTF_8)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(users.add("lee", "another password")).isFalse();
    Users read = users.read();
    assertThat(read.open("lee", "another password")).isTrue();
    assertThat(read.open("lee", PASSWORD)).isFalse();
    assertThat(read.open("kim", PASSWORD)).isTrue();
    assertThat(read.open("park", PASSWORD)).isFalse();
    assertThat(read.open("park", "")).isFalse();
    assertThat(read.open("", "")).isFalse();
    assertThat(dir.resolve("keys")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void whatIsNoAccountIsRefusedByItsLineAndNotTold() throws IOException {
    Path file = dir.resolve("users");
    for (String wrong :
        List.of(
            "lee:hunter22",
            "hunter22",
            ":",
            "lee:pbkdf2-sha512$1$AAAA$AAAA",
            "a b:c",
            "lee:$$$",
            "lee:pbkdf2-sha512$99999999$AAAAAAAAAAAAAAAAAAAAAA==$"
                + Base64.getEncoder().encodeToString(new byte[32]))) {
      Files.writeString(file, "# people\n\n" + wrong + "\n");
      assertThatThrownBy(() -> new UserFile(file).read())
          .as(wrong)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("line 3")
          .hasMessageContaining("./observer user add")
          .hasMessageNotContaining("hunter22");
    }
    assertThatThrownBy(() -> new UserFile(file).add("lee", PASSWORD))
        .isInstanceOf(IOException.class);
    assertThat(Files.readString(file)).startsWith("# people"); // as it was
  }

  @Test
  void namesAndPasswordsAreJudgedBeforeAnythingIsWritten() {
    Path file = dir.resolve("users");
    UserFile users = new UserFile(file);
    for (String name : List.of("", "a:b", "a b", "-a", "a\nb", "x".repeat(65), "이")) {
      assertThatThrownBy(() -> users.add(name, PASSWORD))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String password : List.of("", "1234567", "x".repeat(257))) {
      assertThatThrownBy(() -> users.add("lee", password))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("8 to 256");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void whoHasAnotherPasswordThanBeforeIsTold() throws IOException {
    UserFile file = new UserFile(dir.resolve("users"));
    file.add("lee", PASSWORD);
    file.add("kim", PASSWORD);
    Users before = file.read();
    assertThat(file.read().renewedSince(before)).isEmpty();
    file.add("kim", PASSWORD); // the same word, another salt
    file.add("park", PASSWORD);
    Users after = file.read();
    assertThat(after.names()).containsExactly("kim", "lee", "park");
    assertThat(after.renewedSince(before)).containsExactly("kim");
  }
}
