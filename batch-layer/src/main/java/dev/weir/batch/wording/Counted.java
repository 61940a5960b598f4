package dev.weir.batch.wording;

/** A number of things, in words. */
public final class Counted {
  private Counted() {}

  /**
   * Such as "1 commit" and "2 commits".
   *
   * @param thing one of them; its plural ends with an s more
   */
  public static String of(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
