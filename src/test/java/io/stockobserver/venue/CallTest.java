package io.stockobserver.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest {
  @Test
  void itsTextIsThatOfTheTape() {
    Call call =
        Call.get("swing", "/a", "b=c", Map.of("authorization", "Bearer hush"), List.of("X"));
    assertThat(call.tapeText()).isEqualTo("GET /a?b=c");
    assertThat(call.toString()).contains("GET /a?b=c").doesNotContain("hush");
    Call post = Call.post("token", "/t", Map.of(), "{\"k\":\"hush\"}", "{\"k\":\"[secret]\"}");
    assertThat(post.tapeText()).isEqualTo("POST /t\n{\"k\":\"[secret]\"}");
    assertThat(post.toString()).doesNotContain("hush");
    assertThat(Call.get("universe", "/m", "", Map.of(), List.of()).tapeText()).isEqualTo("GET /m");
  }

  @Test
  void aCallThatContradictsItselfIsNone() {
    assertThatThrownBy(() -> new Call("f", "PUT", "/a", "", Map.of(), null, "PUT /a", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Call("f", "GET", "a", "", Map.of(), null, "GET a", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Call("f", "GET", "/a", "", Map.of(), null, "GET /b", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
