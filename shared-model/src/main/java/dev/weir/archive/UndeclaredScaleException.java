package dev.weir.archive;

import java.math.BigDecimal;

/**
 * A number was archived with other decimal places than are declared now: it uses more of them, or
 * is too large for so many. The archive is whole: it is the declaration that cannot hold it.
 */
public final class UndeclaredScaleException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  UndeclaredScaleException(String number, int archived, int declared, long value) {
    super(
        "number '"
            + number
            + "' is archived with "
            + archived
            + " decimal places; "
            + BigDecimal.valueOf(value, archived).toPlainString()
            + " cannot be read with the declared "
            + declared
            + ": declare scale "
            + archived
            + " for it, or give the number a new name");
  }
}
