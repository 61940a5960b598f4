package dev.weir.serving.cube;

/** An answer to send, as JSON. Its bytes are shared and must not be changed. */
final class CurrentAnswer {
  private final String tag;
  private final byte[] gzip;

  CurrentAnswer(String tag, byte[] gzip) {
    this.tag = tag;
    this.gzip = gzip;
  }

  /** Equal for equal answers only. */
  String tag() {
    return tag;
  }

  /** JSON, compressed. */
  byte[] gzip() {
    return gzip;
  }
}
