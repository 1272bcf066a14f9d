package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuotesTest {
  private static final HandClock CLOCK = new HandClock("2026-11-20T00:29:50Z");
  private static final String MARKET = "?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=005930";
  private static Simulator simulator;
  private static Caller caller;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.at(CLOCK).withCallsPerSecond(1_000));
    caller = new Caller(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static long number(JsonNode object, String name) {
    assertThat(object.get(name).isTextual()).as(name).isTrue();
    return Long.parseLong(object.get(name).asText());
  }

  @Test
  void everyReplyCarriesTheHeadersOfKis() {
    Caller.Reply reply = caller.price("005930");

    assertThat(reply.header("tr_id")).isEqualTo("FHKST01010100");
    assertThat(reply.header("tr_cont")).isEmpty();
    assertThat(reply.header("gt_uid")).hasSize(32);
    assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(reply.header("date")).startsWith("Fri, 20 Nov 2026 0");
    assertThat(reply.json().get("rt_cd").asText()).isEqualTo("0");
    assertThat(reply.json().get("msg_cd").asText()).isEqualTo("MCA00000");
  }

  @Test
  void headerNamesAreSpelledAsOnTheWire() throws Exception {
    try (java.net.Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /uapi/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .contains("\r\nContent-Type: ", "\r\ntr_id: ", "\r\ntr_cont: ", "\r\ngt_uid: ");
      assertThat(answer).contains("\"msg_cd\":\"EGW00102\"");
    }
  }

  @Test
  void currentPriceHas82FieldsThatAgree() {
    JsonNode output = caller.price("005930").json().get("output");

    assertThat(names(output)).hasSize(82).startsWith("iscd_stat_cls_code", "marg_rate");
    assertThat(names(output)).endsWith("sltr_yn", "mang_issu_cls_code");
    assertThat(names(output).get(11)).isEqualTo("stck_prpr");
    assertThat(names(output).get(69)).isEqualTo("stck_shrn_iscd");
    assertThat(number(output, "stck_prpr") - number(output, "prdy_vrss"))
        .isEqualTo(number(output, "stck_sdpr"));
    assertThat(number(output, "stck_mxpr")).isEqualTo(92_500);
    assertThat(number(output, "stck_llam")).isEqualTo(49_850);
    assertThat(number(output, "stck_hgpr")).isGreaterThanOrEqualTo(number(output, "stck_oprc"));
    assertThat(number(output, "acml_vol")).isPositive();
    assertThat(output.get("stck_shrn_iscd").asText()).isEqualTo("005930");
  }

  @Test
  void bookHas71And13FieldsAndBothSpellingsOfParametersWork() {
    JsonNode reply =
        caller
            .get(
                Caller.QUOTES
                    + "inquire-asking-price-exp-ccn?fid_cond_mrkt_div_code=J&fid_input_iscd=005930",
                "FHKST01010200")
            .json();
    JsonNode book = reply.get("output1");

    assertThat(names(book)).hasSize(71);
    assertThat(names(reply.get("output2"))).hasSize(13);
    assertThat(book.get("aspr_acpt_hour").asText()).matches("[0-2][0-9][0-5][0-9][0-5][0-9]");
    assertThat(number(book, "askp1")).isGreaterThan(number(book, "bidp1"));
    assertThat(number(book, "askp2")).isGreaterThan(number(book, "askp1"));
    assertThat(number(book, "total_askp_rsqn"))
        .isEqualTo(
            IntStream.rangeClosed(1, 10).mapToLong(i -> number(book, "askp_rsqn" + i)).sum());
  }

  @Test
  void thirtySymbolsComeInOneCallAndUnknownOnesAreLeftOut() {
    JsonNode rows =
        caller
            .get(
                Caller.QUOTES
                    + "intstock-multprice?FID_COND_MRKT_DIV_CODE_1=J&FID_INPUT_ISCD_1=005930"
                    + "&FID_COND_MRKT_DIV_CODE_2=J&FID_INPUT_ISCD_2=999999"
                    + "&FID_COND_MRKT_DIV_CODE_30=J&FID_INPUT_ISCD_30=00088K",
                "FHKST11300006")
            .json()
            .get("output");

    assertThat(rows).hasSize(2);
    assertThat(names(rows.get(0))).hasSize(29).startsWith("kospi_kosdaq_cls_name");
    assertThat(rows.get(0).get("inter_kor_isnm").asText()).isEqualTo("삼성전자");
    assertThat(rows.get(1).get("inter_shrn_iscd").asText()).isEqualTo("00088K");
    assertThat(names(rows.get(0)).subList(13, 15)).containsExactly("inter2_llam", "inter2_mxpr");
  }

  @Test
  void latestTradesAreNewestFirstAndEndAtTheLastPrice() {
    JsonNode rows =
        caller.get(Caller.QUOTES + "inquire-ccnl" + MARKET, "FHKST01010300").json().get("output");
    JsonNode price = caller.price("005930").json().get("output");

    assertThat(rows).hasSize(30);
    assertThat(names(rows.get(0)))
        .containsExactly(
            "stck_cntg_hour",
            "stck_prpr",
            "prdy_vrss",
            "prdy_vrss_sign",
            "cntg_vol",
            "tday_rltv",
            "prdy_ctrt");
    assertThat(rows.get(0).get("stck_prpr")).isEqualTo(price.get("stck_prpr"));
    assertThat(rows.get(0).get("stck_cntg_hour").asText())
        .isGreaterThanOrEqualTo(rows.get(29).get("stck_cntg_hour").asText());
  }

  @Test
  void ranksAreOrderedAndHaveTheirFields() {
    JsonNode value =
        caller
            .get(
                Caller.QUOTES
                    + "volume-rank?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=0000&FID_BLNG_CLS_CODE=3",
                "FHPST01710000")
            .json()
            .get("output");
    JsonNode power =
        caller
            .get(
                "/uapi/domestic-stock/v1/ranking/volume-power?fid_cond_mrkt_div_code=J",
                "FHPST01680000")
            .json()
            .get("output");
    JsonNode falling =
        caller
            .get(
                "/uapi/domestic-stock/v1/ranking/fluctuation?fid_rank_sort_cls_code=1",
                "FHPST01700000")
            .json()
            .get("output");

    assertThat(value).hasSize(30);
    assertThat(names(value.get(0))).hasSize(19);
    assertThat(number(value.get(0), "acml_tr_pbmn"))
        .isGreaterThan(number(value.get(29), "acml_tr_pbmn"));
    assertThat(names(power.get(0))).hasSize(11);
    assertThat(names(falling.get(0))).hasSize(24);
    assertThat(falling.get(0).get("prdy_vrss_sign").asText()).isIn("4", "5");
  }

  @Test
  void candlesAreNewestFirstAndTodayAgreesWithTheQuote() {
    JsonNode chart =
        caller
            .get(
                Caller.QUOTES
                    + "inquire-daily-itemchartprice"
                    + MARKET
                    + "&FID_INPUT_DATE_1=20260101&FID_INPUT_DATE_2=20261120"
                    + "&FID_PERIOD_DIV_CODE=D&FID_ORG_ADJ_PRC=0",
                "FHKST03010100")
            .json();
    JsonNode recent =
        caller
            .get(Caller.QUOTES + "inquire-daily-price" + MARKET, "FHKST01010400")
            .json()
            .get("output");
    JsonNode minutes =
        caller
            .get(
                Caller.QUOTES + "inquire-time-itemchartprice" + MARKET + "&FID_INPUT_HOUR_1=092000",
                "FHKST03010200")
            .json();
    JsonNode price = caller.price("005930").json().get("output");

    assertThat(names(chart.get("output1"))).hasSize(30);
    assertThat(names(chart.get("output2").get(0))).hasSize(13);
    assertThat(chart.get("output2")).hasSize(100);
    assertThat(chart.get("output2").get(0).get("stck_bsop_date").asText()).isEqualTo("20261120");
    assertThat(chart.get("output2").get(0).get("stck_hgpr")).isEqualTo(price.get("stck_hgpr"));
    assertThat(chart.get("output2").get(1).get("stck_bsop_date").asText()).isEqualTo("20261119");
    assertThat(chart.get("output2").get(1).get("stck_clpr")).isEqualTo(price.get("stck_sdpr"));
    assertThat(recent).hasSize(30);
    assertThat(names(recent.get(0))).hasSize(14);
    assertThat(names(minutes.get("output1"))).hasSize(8);
    assertThat(names(minutes.get("output2").get(0))).hasSize(8);
    assertThat(minutes.get("output2").get(0).get("stck_cntg_hour").asText()).isEqualTo("092000");
    assertThat(minutes.get("output2")).hasSize(21);
  }

  @Test
  void holidaysPageThroughTheirContext() {
    Caller.Reply first =
        caller.get(
            Caller.QUOTES + "chk-holiday?BASS_DT=20261220&CTX_AREA_NK=&CTX_AREA_FK=", "CTCA0903R");
    JsonNode page = first.json();
    assertThat(first.header("tr_cont")).isIn("F", "M");
    assertThat(names(page.get("output").get(0))).hasSize(6);
    assertThat(page.get("output").get(0).get("wday_dvsn_cd").asText()).isEqualTo("01");
    assertThat(page.get("output").get(5).get("opnd_yn").asText()).isEqualTo("N");
    assertThat(page.get("output").get(10).get("opnd_yn").asText()).isEqualTo("Y");
    assertThat(page.get("output").get(11).get("opnd_yn").asText()).isEqualTo("N");

    Caller.Reply next =
        caller.send(
            caller
                .request(
                    Caller.QUOTES
                        + "chk-holiday?BASS_DT=20261220&CTX_AREA_NK="
                        + page.get("ctx_area_nk").asText()
                        + "&CTX_AREA_FK="
                        + page.get("ctx_area_fk").asText(),
                    "CTCA0903R")
                .header("tr_cont", "N")
                .build());
    assertThat(next.json().get("output").get(0).get("bass_dt").asText()).isEqualTo("20270113");
  }

  @Test
  void basicDataHas67Fields() {
    JsonNode reply =
        caller
            .get(Caller.QUOTES + "search-stock-info?PRDT_TYPE_CD=300&PDNO=005930", "CTPF1002R")
            .json();

    assertThat(names(reply.get("output"))).hasSize(67);
    assertThat(reply.get("msg_cd").asText()).isEqualTo("KIOK0530");
    assertThat(reply.get("output").get("pdno").asText()).isEqualTo("00000A005930");
    assertThat(reply.get("output").get("std_pdno").asText()).isEqualTo("KR7005930003");
  }

  @Test
  void wrongTrIsRefused() {
    JsonNode body = caller.get(Caller.QUOTES + "inquire-price" + MARKET, "FHKST99999999").json();

    assertThat(body.get("msg_cd").asText()).isEqualTo("OPSQ0002");
    assertThat(body.get("rt_cd").asText()).isEqualTo("1");
  }

  @Test
  void beforeTheOpenThereIsNoTradeAndAfterTheCloseNoNewOne() {
    HandClock clock = new HandClock("2026-11-19T23:59:00Z");
    try (Simulator own =
        Simulator.start(SimulatorOptions.at(clock).withTokenLifetime(Duration.ofDays(9)))) {
      Caller asks = new Caller(own);
      JsonNode before = asks.price("005930").json().get("output");
      assertThat(before.get("stck_oprc").asText()).isEqualTo("0");
      assertThat(before.get("acml_vol").asText()).isEqualTo("0");
      assertThat(before.get("stck_prpr")).isEqualTo(before.get("stck_sdpr"));

      clock.set("2026-11-20T06:25:00Z");
      JsonNode auction = asks.price("005930").json().get("output");
      clock.forward(Duration.ofMinutes(4));
      assertThat(asks.price("005930").json().get("output").get("acml_vol"))
          .isEqualTo(auction.get("acml_vol"));

      clock.set("2026-11-20T06:31:00Z");
      JsonNode closed = asks.price("005930").json().get("output");
      assertThat(number(closed, "acml_vol")).isGreaterThan(number(auction, "acml_vol"));
      clock.set("2026-11-22T03:00:00Z");
      assertThat(asks.price("005930").json().get("output")).isEqualTo(closed);

      clock.set("2026-11-23T00:30:00Z");
      JsonNode monday = asks.price("005930").json().get("output");
      assertThat(monday.get("stck_sdpr")).isEqualTo(closed.get("stck_prpr"));
    }
  }

  @Test
  void mockSystemRefusesLiveOnlyCalls() {
    SimulatorOptions mock = SimulatorOptions.at(CLOCK).withMock(true).withCallsPerSecond(1_000);
    try (Simulator own = Simulator.start(mock)) {
      Caller asks = new Caller(own);
      assertThat(
              asks.get(
                      Caller.QUOTES
                          + "intstock-multprice?FID_COND_MRKT_DIV_CODE_1=J&FID_INPUT_ISCD_1=005930",
                      "FHKST11300006")
                  .json()
                  .get("msg_cd")
                  .asText())
          .isEqualTo("EGW00213");
      assertThat(asks.price("005930").status()).isEqualTo(200);
    }
  }

  @Test
  void nineteenthCallWithinASecondIsOneTooMany() {
    try (Simulator own = Simulator.start(SimulatorOptions.at(CLOCK))) {
      Caller asks = new Caller(own);
      asks.token();
      int refused = 0;
      Caller.Reply last = asks.price("005930");
      for (int i = 1; i < 60; i++) {
        last = asks.price("005930");
        if (last.status() == 500) {
          refused++;
          assertThat(last.json().get("msg_cd").asText()).isEqualTo("EGW00201");
          assertThat(last.json().get("message").asText()).isEqualTo("EGW00201");
        }
      }
      assertThat(refused).isPositive().isEqualTo((int) own.traffic().refusedCalls());
      assertThat(own.traffic().callsTo("inquire-price")).isEqualTo(60);
      assertThat(own.traffic().busiestSecond("inquire-price")).isGreaterThan(18);
    }
  }
}
