package dev.weir.serving.cube;

import dev.weir.serving.http.AcceptedCodings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Enumeration;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Sends an answer with a strong tag, or says that the client has it: whoever keeps an answer must
 * ask each time whether it still is the answer.
 */
final class TaggedResponse {
  /** The tag names the bytes: compressed ones are others. */
  private static final String COMPRESSED = "-gzip";

  private final HttpServletRequest request;
  private final HttpServletResponse response;

  TaggedResponse(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  void send(CurrentAnswer answer) throws IOException {
    boolean compressed = AcceptedCodings.gzip(request);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    response.setHeader(HttpHeaders.ETAG, '"' + answer.tag() + (compressed ? COMPRESSED : "") + '"');
    if (has(answer.tag())) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    if (compressed) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      response.setContentLength(answer.gzip().length);
      response.getOutputStream().write(answer.gzip());
    } else {
      new GZIPInputStream(new ByteArrayInputStream(answer.gzip()))
          .transferTo(response.getOutputStream());
    }
  }

  /** Whether the client has the answer, in either form: If-None-Match compares weakly. */
  private boolean has(String tag) {
    Enumeration<String> headers = request.getHeaders(HttpHeaders.IF_NONE_MATCH);
    while (headers.hasMoreElements()) {
      for (String given : headers.nextElement().split(",", -1)) {
        String plain = given.strip();
        if (plain.equals("*")
            || plain.equals('"' + tag + '"')
            || plain.equals('"' + tag + COMPRESSED + '"')
            || plain.equals("W/\"" + tag + '"')
            || plain.equals("W/\"" + tag + COMPRESSED + '"')) {
          return true;
        }
      }
    }
    return false;
  }
}
