package dev.weir.benchmark.peer.limit;

/**
 * An event as the scanner leaves it: numbers, and where its texts stand in the message. One object
 * is used for all events of a thread.
 */
final class ScannedEvent {
  // The texts that are archived as they are, in the order of their columns.
  static final int SOURCE = 0;
  static final int TYPE = 1;
  static final int SEGMENT = 2;
  static final int ROUTE = 3;
  static final int USER = 4;
  static final int TEXTS = 5;

  byte[] message;
  long idHigh;
  long idLow;
  long millis;

  /** Index into {@link SeriesNames#TYPES}. */
  int type;

  /** Index into {@link SeriesNames#SEGMENTS}. */
  int segment;

  double value;
  final int[] textStart = new int[TEXTS];
  final int[] textLength = new int[TEXTS];

  void text(int text, int start, int length) {
    textStart[text] = start;
    textLength[text] = length;
  }
}
