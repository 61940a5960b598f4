package dev.weir.serving.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** In which content codings the client takes an answer: its {@code Accept-Encoding}. */
public final class AcceptedCodings {
  private AcceptedCodings() {}

  /** Whether it takes gzip, with whatever weight but 0. */
  public static boolean gzip(HttpServletRequest request) {
    Enumeration<String> headers = request.getHeaders(HttpHeaders.ACCEPT_ENCODING);
    while (headers.hasMoreElements()) {
      for (String coding : headers.nextElement().toLowerCase(Locale.ROOT).split(",", -1)) {
        String plain = coding.replace(" ", "");
        if (plain.startsWith("gzip") && !plain.matches("gzip;q=0(\\.0*)?")) {
          return true;
        }
      }
    }
    return false;
  }
}
