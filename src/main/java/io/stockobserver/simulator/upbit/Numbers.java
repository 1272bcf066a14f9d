package io.stockobserver.simulator.upbit;

import java.math.BigDecimal;

/** The three ways in which the venue writes a number; the value is always exact. */
enum Numbers {
  /** 148000000 and 0.00079276. */
  PLAIN {
    @Override
    String text(BigDecimal value) {
      return stripped(value).toPlainString();
    }
  },
  /** 1.48E8, 312.0 and 7.9276E-4, as Java writes a double. */
  SCIENTIFIC {
    @Override
    String text(BigDecimal value) {
      BigDecimal number = stripped(value);
      int exponent = number.precision() - number.scale() - 1;
      if (number.signum() == 0 || (exponent >= -3 && exponent < 7)) {
        return number.scale() <= 0 ? number.toPlainString() + ".0" : number.toPlainString();
      }
      String mantissa = number.scaleByPowerOfTen(-exponent).toPlainString();
      return mantissa + (mantissa.contains(".") ? "E" : ".0E") + exponent;
    }
  },
  /** 148000000.00000000: eight decimals at least. */
  PADDED {
    @Override
    String text(BigDecimal value) {
      return value.scale() < 8 ? value.setScale(8).toPlainString() : value.toPlainString();
    }
  };

  abstract String text(BigDecimal value);

  private static BigDecimal stripped(BigDecimal value) {
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }
}
