package dev.weir.serving.cube;

import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;

/**
 * A way to write an answer into a stream, row by row. Each bean of this type is offered by {@code
 * GET /api/v1/cubes/{cube}/rows}: by its name as {@code format=}, by its media type in {@code
 * Accept}.
 */
public interface AnswerFormat {
  /** As it is written in requests, for example {@code csv}; also the ending of the file's name. */
  String name();

  /** What the answer is sent as. */
  MediaType mediaType();

  /**
   * Answers the question into the stream and flushes it, without closing it.
   *
   * @throws IOException if the stream takes no more; the answer is then not whole
   */
  void write(CubeReader reader, CubeQuery query, OutputStream out) throws IOException;

  /** Whether browsers should save the answer as a file rather than show it. */
  default boolean download() {
    return true;
  }
}
