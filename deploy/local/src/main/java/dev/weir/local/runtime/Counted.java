package dev.weir.local.runtime;

import java.util.Locale;

/** Numbers of things, as messages name them. */
public final class Counted {
  private Counted() {}

  /** A number of things; the plural of their name ends with an s more. */
  public static String of(long number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }
}
