package dev.weir.benchmark.table;

/**
 * A row of the table, as it is printed.
 *
 * @param what kind of work and figure
 * @param weir Weir's figure
 * @param peer whom it is compared with; empty for an aim that compares with nobody
 * @param peerFigure the peer's, with its result unless that is exact
 * @param ratio Weir : peer
 */
record TableRow(
    String what,
    String weir,
    String peer,
    String peerFigure,
    String ratio,
    String aim,
    Outcome outcome) {

  /** Whether an aim was reached. */
  enum Outcome {
    MET("met"),
    MISSED("**missed**"),
    NOT_MEASURED("not measured");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }
  }

  /** As a row of a Markdown table. */
  String markdown() {
    return "| " + String.join(" | ", what, weir, peer, peerFigure, ratio, aim, outcome.text) + " |";
  }

  /** In one sentence, for those that were missed. */
  String sentence() {
    return peer.isEmpty()
        ? "%s: %s, aim %s".formatted(what, weir, aim)
        : "%s: %s times %s (%s : %s), aim %s".formatted(what, ratio, peer, weir, peerFigure, aim);
  }
}
