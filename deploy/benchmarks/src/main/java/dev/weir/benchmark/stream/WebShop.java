package dev.weir.benchmark.stream;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What the generated events are about, and how often each value occurs. */
public final class WebShop {
  public static final List<String> TYPES =
      List.of("page_view", "click", "search", "add_to_cart", "purchase", "logout");
  public static final List<String> SEGMENTS = List.of("free", "basic", "premium", "enterprise");
  public static final List<String> SOURCES = List.of("web", "mobile", "api");

  /** 50 routes; the n-th is visited 1/n as often as the first. */
  public static final List<String> ROUTES = routes();

  private static final int USERS = 100_000;
  private static final double[] TYPE_SUMS = sums(0.45, 0.25, 0.12, 0.10, 0.05, 0.03);
  private static final double[] SEGMENT_SUMS = sums(0.5, 0.25, 0.2, 0.05);
  private static final double[] ROUTE_SUMS =
      sums(IntStream.rangeClosed(1, ROUTES.size()).mapToDouble(n -> 1.0 / n).toArray());

  private WebShop() {}

  static int type(SplittableRandom random) {
    return pick(TYPE_SUMS, random);
  }

  static int segment(SplittableRandom random) {
    return pick(SEGMENT_SUMS, random);
  }

  static int route(SplittableRandom random) {
    return pick(ROUTE_SUMS, random);
  }

  static String user(SplittableRandom random) {
    return "u" + (USERS + random.nextInt(USERS));
  }

  /** Hundredths; nearly log-normal around 20, as amounts of money are. */
  static long valueCents(SplittableRandom random) {
    double bell =
        random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2;
    return Math.round(StrictMath.exp(3 + 1.7 * bell) * 100);
  }

  private static int pick(double[] sums, SplittableRandom random) {
    int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
    return Math.min(sums.length - 1, found < 0 ? -found - 1 : found);
  }

  private static double[] sums(double... weights) {
    double[] sums = weights.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }

  private static List<String> routes() {
    List<String> pages =
        List.of(
            "checkout",
            "home",
            "product",
            "cart",
            "search",
            "account",
            "orders",
            "help",
            "login",
            "deals");
    return IntStream.range(0, 50)
        .mapToObj(i -> "/" + pages.get(i % 10) + (i < 10 ? "" : "/" + i / 10))
        .toList();
  }
}
