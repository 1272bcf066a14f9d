package io.stockobserver.recorder;

import io.stockobserver.market.TradingDay;

/** Which day it is for the recorder, and who belongs to it. Replaced as a whole. */
record Days(TradingDay today, Members members) {}
