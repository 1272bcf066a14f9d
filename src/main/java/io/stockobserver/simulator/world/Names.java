package io.stockobserver.simulator.world;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Invents names of issues that sound like the market and never repeat. */
final class Names {
  private static final List<String> FIRST =
      List.of(
          "한빛", "미래", "대한", "동방", "신라", "세종", "태백", "가온", "누리", "다솜", "라온", "마루", "바른", "샛별", "아람",
          "온새", "우리별", "이음", "자람", "참빛", "큰솔", "태산", "푸른", "하늘", "해든", "현무", "화산", "금강", "남해", "동성",
          "명진", "백두", "삼원", "서광", "성우", "승일", "신영", "유성", "일신", "정원", "제일", "진성", "천일", "청호", "평화");
  private static final List<String> SECOND =
      List.of(
          "전자", "바이오", "화학", "건설", "소재", "테크", "산업", "제약", "시스템", "정보통신", "반도체", "에너지", "기계", "식품",
          "엔터", "게임즈", "로보틱스", "물산", "제지", "철강", "모빌리티", "솔루션", "메디칼", "에코", "디스플레이", "헬스케어", "공업",
          "해운", "증권", "패션", "소프트", "네트웍스", "케미칼", "팜", "옵틱스", "센서", "항공", "유통", "미디어", "홀딩스");
  private static final List<String> BRANDS =
      List.of(
          "KODEX", "TIGER", "RISE", "ACE", "SOL", "HANARO", "PLUS", "KIWOOM", "TIMEFOLIO", "WON");
  private static final List<String> THEMES =
      List.of(
          "반도체", "2차전지", "배당성장", "국고채10년", "미국나스닥", "중국전기차", "인도니프티", "원유선물", "골드선물", "헬스케어", "조선",
          "방산", "금융고배당", "리츠부동산", "코스닥150", "단기채권", "미국배당", "AI인프라", "로봇", "수소경제", "우주항공", "은행",
          "자동차", "게임", "원자력", "밸류업", "일본니케이", "회사채", "머니마켓", "글로벌테크");
  private static final List<String> FORMS = List.of("", "액티브", "레버리지", "인버스", "TR", "(H)", "플러스");
  private static final List<String> HOUSES = List.of("삼성", "미래에셋", "신한", "KB", "한투", "NH", "대신");

  private final Dice dice;
  private final Set<String> used = new HashSet<>();

  Names(Dice dice, Set<String> taken) {
    this.dice = dice;
    used.addAll(taken);
  }

  String company() {
    return fresh(() -> dice.pick(FIRST) + dice.pick(SECOND));
  }

  String fund() {
    return fresh(() -> dice.pick(BRANDS) + " " + dice.pick(THEMES) + dice.pick(FORMS));
  }

  String note() {
    return fresh(() -> dice.pick(HOUSES) + " " + dice.pick(THEMES) + dice.pick(FORMS) + " ETN");
  }

  String blankCheck(int number) {
    return fresh(() -> dice.pick(HOUSES) + number + "호스팩");
  }

  String trust() {
    return fresh(() -> dice.pick(FIRST) + "리츠");
  }

  String infrastructure() {
    return fresh(() -> dice.pick(FIRST) + "인프라");
  }

  /** A Latin name that goes with the code: nobody reads it, but the field is there. */
  static String english(String code) {
    return "ISSUE " + code.toUpperCase(Locale.ROOT) + " CO., LTD.";
  }

  private String fresh(java.util.function.Supplier<String> words) {
    for (int attempt = 0; ; attempt++) {
      String name = words.get();
      if (attempt > 20) {
        name = name + (attempt - 19);
      }
      if (used.add(name)) {
        return name;
      }
    }
  }
}
