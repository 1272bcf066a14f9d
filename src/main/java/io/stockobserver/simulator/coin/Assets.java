package io.stockobserver.simulator.coin;

import io.stockobserver.simulator.world.Dice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The coins: some dozens of real ones by name, the rest invented. Prices are pretended. */
final class Assets {
  // Enough for 328 pairs in BTC, for which many are too cheap.
  private static final int COUNT = 700;
  private static final String LINES =
      """
      BTC 148000000 0.022 비트코인 Bitcoin
      ETH 5120000 0.03 이더리움 Ethereum
      XRP 3312 0.035 리플 XRP
      SOL 289500 0.04 솔라나 Solana
      USDT 1452 0.002 테더 Tether
      DOGE 311 0.045 도지코인 Dogecoin
      ADA 981 0.04 에이다 Cardano
      ETC 28450 0.035 이더리움클래식 Ethereum Classic
      BCH 712000 0.035 비트코인캐시 Bitcoin Cash
      LINK 24300 0.04 체인링크 Chainlink
      TRX 462 0.02 트론 TRON
      SUI 5070 0.05 수이 Sui
      SHIB 0.0173 0.05 시바이누 Shiba Inu
      PEPE 0.0142 0.06 페페 Pepe
      XWEE 0.00000071 0.08 엑스위 Xwee
      AVAX 33900 0.045 아발란체 Avalanche
      XLM 512 0.04 스텔라루멘 Stellar
      HBAR 318 0.045 헤데라 Hedera
      BTT 0.00093 0.05 비트토렌트 BitTorrent
      USDC 1451 0.002 유에스디코인 USD Coin
      DOT 5610 0.04 폴카닷 Polkadot
      ONDO 1340 0.05 온도파이낸스 Ondo Finance
      NEAR 3890 0.045 니어프로토콜 NEAR Protocol
      SAND 412 0.045 샌드박스 The Sandbox
      APT 6420 0.045 앱토스 Aptos
      BONK 0.0312 0.06 봉크 Bonk
      XEC 0.0274 0.045 이캐시 eCash
      ARB 702 0.045 아비트럼 Arbitrum
      ALGO 341 0.045 알고랜드 Algorand
      SEI 428 0.05 세이 Sei
      STX 941 0.045 스택스 Stacks
      WAVES 1620 0.05 웨이브 Waves
      ZRX 372 0.045 제로엑스 0x Protocol
      POL 341 0.045 폴리곤 POL
      ATOM 6530 0.04 코스모스 Cosmos
      AAVE 421000 0.045 에이브 Aave
      UNI 14200 0.045 유니스왑 Uniswap
      NEO 9130 0.04 네오 Neo
      MANA 432 0.045 디센트럴랜드 Decentraland
      CHZ 58.2 0.045 칠리즈 Chiliz
      """;
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final List<String> KOREAN =
      List.of("가", "노", "다", "라", "미", "바", "소", "이", "카", "토");
  private static final List<String> ENGLISH =
      List.of("Alt", "Bora", "Cen", "Dex", "Flux", "Gra", "Hive", "Ion", "Lume", "Node");

  private Assets() {}

  /** All of them, the best known first; the symbols are the same for every seed. */
  static List<Asset> of(long seed) {
    List<Asset> assets = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    LINES.lines().map(Assets::parse).forEach(assets::add);
    assets.forEach(asset -> taken.add(asset.symbol()));
    Dice names = new Dice(17);
    while (assets.size() < COUNT) {
      StringBuilder symbol = new StringBuilder();
      for (int length = 3 + names.below(3); length > 0; length--) {
        symbol.append(LETTERS.charAt(names.below(LETTERS.length())));
      }
      if (!taken.add(symbol.toString())) {
        continue;
      }
      Dice dice = Dice.of(seed, symbol.toString(), 0);
      // From 0.001 to 10,000 KRW, most of them near a hundred.
      double price = Math.exp(4.8 + 1.9 * dice.normal());
      assets.add(
          new Asset(
              symbol.toString(),
              dice.pick(KOREAN) + dice.pick(KOREAN) + dice.pick(KOREAN),
              dice.pick(ENGLISH) + " " + symbol,
              Math.max(0.001, Math.min(500_000, price)),
              0.03 + 0.04 * dice.unit()));
    }
    return assets;
  }

  private static Asset parse(String line) {
    String[] words = line.split(" ", 5);
    return new Asset(
        words[0], words[3], words[4], Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }
}
