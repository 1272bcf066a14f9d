package io.stockobserver.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingPageTest {
  private static final String TABLE =
      """
      provider: made-up
      market: nowhere
      messages:
        tick:
          heard: feed
          name: T1
          about: By position.
          verified: 2026-11-23
          unnamed: tape
          positions: [A, B, C]
          fields:
            symbol: {from: A, as: code, status: OK}
            last_price: {from: C, as: price, status: TODO}
          provider_specific: {B: tick_b}
        quote:
          heard: rest
          name: Q1
          about: By name.
          verified: 2026-11-23
          unnamed: travels
          fields:
            symbol: {from: sym, as: code, status: OK}
            event_time: {as: heard, status: PROVIDER_SPECIFIC}
      """;

  @Test
  void thePageSaysWhatTheTablesSay() throws IOException {
    String page = MappingPage.written();
    if (Boolean.getBoolean("mappings.write")) {
      Files.writeString(MappingPage.FILE, page);
    }
    assertThat(Files.readString(MappingPage.FILE))
        .as("docs/mappings.md is out of date: %s", MappingPage.COMMAND)
        .isEqualTo(page);
  }

  @Test
  void aRowSaysWhereAFieldIsReadAndHowFarThatHolds() {
    assertThat(MappingPage.of(List.of(MappingTable.parse(TABLE))))
        .contains(
            "\n## made-up (nowhere)\n",
            "\n| tick | feed | `T1` | By position. | 2026-11-23 | is on the tape only |\n",
            "\n| symbol | `sym` (quote) | 0 `A` (tick) | `code` | OK | 2026-11-23 |\n",
            "\n| event_time | none (quote) |  | `heard` | PROVIDER_SPECIFIC | 2026-11-23 |\n",
            "\n| last_price |  | 2 `C` (tick) | `price` | TODO | 2026-11-23 |\n",
            "\n- **tick**: `B` as `tick_b`\n- **quote**: nothing\n");
  }

  @Test
  void whatATableCannotSayIsRefusedByName() {
    refused(TABLE.replace("last_price", "last_prize"), "no normalized field: last_prize");
    refused(TABLE.replace("as: price", "as: prize"), "no transformation: prize");
    refused(TABLE.replace("status: TODO", "status: SOON"), "SOON");
    refused(TABLE.replace("about: By name.", "abuot: By name."), "abuot is none of");
    refused(TABLE.replace("heard: rest", "heard: ftp"), "ftp is none of [rest, feed]");
    refused(TABLE.replace("    name: Q1\n", ""), "missing: name");
  }

  private static void refused(String yaml, String words) {
    assertThat(yaml).isNotEqualTo(TABLE);
    assertThatThrownBy(() -> MappingTable.parse(yaml)).hasMessageContaining(words);
  }
}
