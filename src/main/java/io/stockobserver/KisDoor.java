package io.stockobserver;

import io.stockobserver.provider.kis.KisKey;
import io.stockobserver.simulator.Simulator;
import java.util.Map;

/** The door of Korea Investment and Securities. */
final class KisDoor implements VenueDoor {
  static final String PROVIDER = "kis";
  static final String MARKET = "kr_stocks";
  private static final String KEY = "KIS_APP_KEY";
  private static final String SECRET = "KIS_APP_SECRET";

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public String market() {
    return MARKET;
  }

  @Override
  public void check(Settings settings) {
    KisSettings.read(settings);
  }

  @Override
  public void checkKey(Credentials credentials) {
    key(credentials);
  }

  @Override
  public Credentials simulate(Simulator simulator, Settings settings) {
    settings.set("provider.kis.rest.url", simulator.restUrl().toString());
    settings.set("provider.kis.feed.url", simulator.feedUrl().toString());
    settings.set("provider.kis.master.url", simulator.masterUrl().toString());
    return new Credentials(Map.of(KEY, simulator.appKey(), SECRET, simulator.appSecret()));
  }

  @Override
  public Room room(Settings settings, Credentials credentials, Site site) {
    return new KisRoom(KisSettings.read(settings), key(credentials), site);
  }

  private static KisKey key(Credentials credentials) {
    String remedy =
        "set "
            + KEY
            + " and "
            + SECRET
            + " as KIS issued them, or try --simulate, which needs none";
    try {
      return new KisKey(credentials.secret(KEY, remedy), credentials.secret(SECRET, remedy));
    } catch (IllegalArgumentException e) {
      throw new Settings.SettingsException(
          KEY + " or " + SECRET + " cannot be right: " + e.getMessage());
    }
  }
}
