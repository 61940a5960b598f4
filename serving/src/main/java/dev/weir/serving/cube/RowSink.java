package dev.weir.serving.cube;

import java.io.IOException;

/** Takes an answer row by row; nothing else keeps the rows. */
public interface RowSink {
  /** Called once, before the first row. */
  void begin(AnswerHead head) throws IOException;

  /** Called for each row, in the order of the answer. */
  void row(CubeAnswer.Row row) throws IOException;
}
