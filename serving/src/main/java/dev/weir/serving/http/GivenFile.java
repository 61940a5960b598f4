package dev.weir.serving.http;

import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.TransformedResource;

/** A file in memory, equal to none but itself: others know it by that, and need not read it. */
final class GivenFile extends TransformedResource {
  /**
   * A file.
   *
   * @param original whose name it has
   */
  GivenFile(Resource original, byte[] content) {
    super(original, content);
  }

  static GivenFile of(Resource original, String text) {
    return new GivenFile(original, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
