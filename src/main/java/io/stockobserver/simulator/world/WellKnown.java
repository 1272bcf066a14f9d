package io.stockobserver.simulator.world;

import java.util.List;

/** A few dozen real issues by code and name; prices, shares and volumes are pretended. */
record WellKnown(String code, String name, Board board, long price, long million, long thousand) {
  private static final String LINES =
      """
      005930 삼성전자 P 71200 5970 14230
      000660 SK하이닉스 P 561000 728 3900
      373220 LG에너지솔루션 P 402000 234 310
      207940 삼성바이오로직스 P 1180000 71 61
      005380 현대차 P 264500 205 780
      000270 기아 P 112300 391 1150
      068270 셀트리온 P 186400 217 720
      105560 KB금융 P 121900 381 1210
      055550 신한지주 P 77400 486 1320
      035420 NAVER P 247500 158 910
      035720 카카오 P 61200 442 2210
      005490 POSCO홀딩스 P 318500 81 340
      012330 현대모비스 P 298000 93 190
      028260 삼성물산 P 221000 170 420
      051910 LG화학 P 391500 71 260
      006400 삼성SDI P 312000 81 510
      034020 두산에너빌리티 P 78900 641 7400
      012450 한화에어로스페이스 P 942000 52 310
      329180 HD현대중공업 P 548000 89 350
      042660 한화오션 P 118700 306 2900
      009540 HD한국조선해양 P 412500 71 220
      015760 한국전력 P 46350 642 3100
      086790 하나금융지주 P 92800 285 690
      316140 우리금융지주 P 26950 734 1900
      138040 메리츠금융지주 P 113200 180 260
      032830 삼성생명 P 157800 200 310
      000810 삼성화재 P 463500 46 90
      033780 KT&G P 139400 110 270
      017670 SK텔레콤 P 54300 215 740
      030200 KT P 51800 252 680
      066570 LG전자 P 89600 164 820
      003550 LG P 81500 154 240
      034730 SK P 263000 73 190
      096770 SK이노베이션 P 117500 151 640
      010130 고려아연 P 1012000 20 48
      011200 HMM P 19870 1025 2600
      259960 크래프톤 P 268500 48 150
      352820 하이브 P 284000 42 210
      009150 삼성전기 P 243500 75 430
      003670 포스코퓨처엠 P 221500 89 690
      018260 삼성에스디에스 P 168900 77 160
      010140 삼성중공업 P 24850 880 8200
      064350 현대로템 P 187600 109 1300
      047810 한국항공우주 P 109800 97 610
      005935 삼성전자우 P 56900 816 1700
      00088K 한화3우B P 46800 22 130
      069500 KODEX200 P 56420 132 9100
      122630 KODEX레버리지 P 41355 74 19000
      114800 KODEX인버스 P 2635 310 41000
      0004V0 KODEX미국AI소프트웨어TOP10 P 12485 28 900
      196170 알테오젠 Q 452500 53 520
      247540 에코프로비엠 Q 152800 98 960
      086520 에코프로 Q 91300 136 2900
      028300 HLB Q 48250 131 1500
      277810 레인보우로보틱스 Q 398000 19 410
      214370 케어젠 Q 61400 54 280
      141080 리가켐바이오 Q 148700 37 390
      145020 휴젤 Q 283500 12 60
      041510 에스엠 Q 118600 23 170
      035900 JYP Ent. Q 71900 36 310
      263750 펄어비스 Q 38650 64 420
      058470 리노공업 Q 52700 76 540
      039030 이오테크닉스 Q 261000 12 130
      293490 카카오게임즈 Q 16210 89 380
      """;

  static final List<WellKnown> ALL = LINES.lines().map(WellKnown::parse).toList();

  private static WellKnown parse(String line) {
    String[] parts = line.split(" (?=[PQ] )", 2);
    String[] head = parts[0].split(" ", 2);
    String[] tail = parts[1].split(" ", 4);
    return new WellKnown(
        head[0],
        head[1],
        tail[0].equals("P") ? Board.KOSPI : Board.KOSDAQ,
        Long.parseLong(tail[1]),
        Long.parseLong(tail[2]),
        Long.parseLong(tail[3]));
  }

  String group() {
    return name.startsWith("KODEX") ? "EF" : "ST";
  }

  int preferred() {
    return code.endsWith("K") ? 2 : code.equals("005935") ? 1 : 0;
  }
}
