package dev.weir.speed.combine;

/**
 * How often counts go to the live preview: at the declared interval while the records are fresh,
 * and less often, down to once in ten seconds, while a backlog is read. What is shown is then at
 * most a tenth older than its records are anyway, and the time goes into catching up.
 */
final class PreviewPace {
  private static final long SLOWEST_MILLIS = 10_000;
  private static final long SHARE_OF_AGE = 10;

  private final long liveMillis;
  private long newestRecordMillis = Long.MIN_VALUE;
  private long lastMillis = Long.MIN_VALUE;

  /**
   * @param liveMillis the declared interval
   */
  PreviewPace(long liveMillis) {
    this.liveMillis = liveMillis;
  }

  /** A record, by the time that Kafka has for it, was counted. */
  void counted(long recordMillis) {
    newestRecordMillis = Math.max(newestRecordMillis, recordMillis);
  }

  /** Everything counted was sent for another reason: the next pause starts now. */
  void sent(long nowMillis) {
    lastMillis = nowMillis;
    newestRecordMillis = Long.MIN_VALUE;
  }

  /** Asked at each interval: whether to send what was counted. Yes starts the next pause. */
  boolean isDue(long nowMillis) {
    if (newestRecordMillis == Long.MIN_VALUE) {
      return false;
    }
    long pauseMillis = Math.min(SLOWEST_MILLIS, (nowMillis - newestRecordMillis) / SHARE_OF_AGE);
    boolean pausing = lastMillis != Long.MIN_VALUE && nowMillis - lastMillis < pauseMillis;
    if (pausing && pauseMillis > liveMillis) {
      return false;
    }
    sent(nowMillis);
    return true;
  }
}
