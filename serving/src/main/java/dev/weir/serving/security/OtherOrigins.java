package dev.weir.serving.security;

import dev.weir.serving.security.answer.Problems;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Refuses pages of other origins in the form of all other refusals. */
final class OtherOrigins extends DefaultCorsProcessor {
  private final Problems problems;

  OtherOrigins(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected void rejectRequest(ServerHttpResponse response) throws IOException {
    problems.write(
        ((ServletServerHttpResponse) response).getServletResponse(),
        HttpStatus.FORBIDDEN,
        "Not open to this origin",
        "Pages of this origin may not ask that: whoever runs the server can open it with --security.cors-origin, for GET and HEAD.");
  }
}
