package dev.weir.benchmark.growth;

import dev.weir.benchmark.stream.WebShopRecord;
import dev.weir.benchmark.stream.WebShopStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The benchmarks' stream with other routes: so many, and all equally frequent. The route follows
 * from the event's id, so that a duplicate keeps it; what {@link WebShopRecord#route()} says is not
 * true of it any more.
 */
final class ManyRoutes implements Supplier<WebShopRecord> {
  private static final byte[] BEFORE = "\"route\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_FROM = "{\"event_id\":\"".length();
  private static final int ID_LENGTH = 36;
  private static final int HASH_FACTOR = 0x9E3779B9;

  private final WebShopStream stream;
  private final int routes;

  ManyRoutes(WebShopStream stream, int routes) {
    this.stream = stream;
    this.routes = routes;
  }

  @Override
  public WebShopRecord get() {
    WebShopRecord record = stream.next();
    return new WebShopRecord(
        withRoute(record.json()),
        record.recordMillis(),
        record.eventMillis(),
        record.type(),
        record.segment(),
        record.route(),
        record.user(),
        record.valueCents(),
        record.fate());
  }

  private byte[] withRoute(byte[] json) {
    int from = afterRouteName(json);
    int to = from;
    while (to < json.length && json[to] != '"') {
      to++;
    }
    if (to == json.length) {
      return json; // cut off before the route ends: malformed, and to stay so
    }
    byte[] route = "/p/%06d".formatted(route(json)).getBytes(StandardCharsets.US_ASCII);
    byte[] changed = new byte[json.length - (to - from) + route.length];
    System.arraycopy(json, 0, changed, 0, from);
    System.arraycopy(route, 0, changed, from, route.length);
    System.arraycopy(json, to, changed, from + route.length, json.length - to);
    return changed;
  }

  private int route(byte[] json) {
    int hash = Arrays.hashCode(Arrays.copyOfRange(json, ID_FROM, ID_FROM + ID_LENGTH));
    return (int) ((Integer.toUnsignedLong(hash * HASH_FACTOR) * routes) >>> Integer.SIZE);
  }

  private static int afterRouteName(byte[] json) {
    for (int i = 0; i + BEFORE.length <= json.length; i++) {
      if (Arrays.equals(json, i, i + BEFORE.length, BEFORE, 0, BEFORE.length)) {
        return i + BEFORE.length;
      }
    }
    return json.length;
  }
}
