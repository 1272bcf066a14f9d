package io.stockobserver;

import io.stockobserver.simulator.Simulator;
import java.util.Map;

/** The door of Upbit, which lets everybody in. */
final class UpbitDoor implements VenueDoor {
  static final String PROVIDER = "upbit";
  static final String MARKET = "crypto";

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
    UpbitSettings.read(settings);
  }

  @Override
  public void checkKey(Credentials credentials) {
    // What we listen to is public.
  }

  @Override
  public Credentials simulate(Simulator simulator, Settings settings) {
    settings.set("provider.upbit.rest.url", simulator.upbit().restUrl().toString());
    settings.set("provider.upbit.feed.url", simulator.upbit().feedUrl().toString());
    return new Credentials(Map.of());
  }

  @Override
  public Room room(Settings settings, Credentials credentials, Site site) {
    return new UpbitRoom(UpbitSettings.read(settings), site);
  }
}
