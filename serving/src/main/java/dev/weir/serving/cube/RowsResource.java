package dev.weir.serving.cube;

import dev.weir.serving.http.BusyException;
import dev.weir.serving.http.CutOffException;
import dev.weir.serving.security.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StreamUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * {@code GET /api/v1/cubes/{cube}/rows}: the numbers, as JSON page by page, or whole in any of the
 * other formats.
 */
@RestController
class RowsResource {
  private static final int STREAMS = 3;

  private static final Duration LONGEST_STREAM = Duration.ofMinutes(10);

  private final CubeCatalog catalog;
  private final CubeQueryParser parser;
  private final CubeReader reader;
  private final CurrentAnswers answers;
  private final AnswerFormats formats;
  private final Clock clock;
  private final StreamPlaces places = new StreamPlaces(STREAMS);

  RowsResource(
      CubeCatalog catalog,
      CubeQueryParser parser,
      CubeReader reader,
      CurrentAnswers answers,
      AnswerFormats formats,
      Clock clock) {
    this.catalog = catalog;
    this.parser = parser;
    this.reader = reader;
    this.answers = answers;
    this.formats = formats;
    this.clock = clock;
  }

  @GetMapping("/api/v1/cubes/{cube}/rows")
  void rows(
      @PathVariable String cube,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, HttpMediaTypeNotAcceptableException {
    Optional<AnswerFormat> format =
        formats.find(parameters.getFirst("format"), request.getHeader(HttpHeaders.ACCEPT));
    response.setHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
    if (format.isPresent()) {
      stream(format.get(), parser.parse(catalog.shown(cube), parameters), caller, response);
    } else {
      ServedState state = catalog.state(cube);
      CurrentAnswer answer = answers.answer(parser.parsePage(state.shape(), parameters), state);
      new TaggedResponse(request, response).send(answer);
    }
  }

  private void stream(
      AnswerFormat format, CubeQuery query, Caller caller, HttpServletResponse response)
      throws IOException {
    TimedStream out = new TimedStream(response.getOutputStream(), clock, LONGEST_STREAM);
    if (!places.take(caller)) {
      throw new BusyException(
          "As many big answers as may be are being sent already; try again in a moment, or ask page by page with format=json.");
    }
    try {
      response.setContentType(format.mediaType().toString());
      if (format.download()) {
        response.setHeader(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(fileName(format, query)).build().toString());
      }
      // Closing is the server's part: a closed response would look whole.
      format.write(reader, query, StreamUtils.nonClosing(out));
    } catch (IOException | RuntimeException e) {
      if (e instanceof IOException && DisconnectedClientHelper.isClientDisconnectedException(e)) {
        return;
      }
      if (response.isCommitted()) {
        throw new CutOffException("rows of the cube " + query.shape().cube(), e);
      }
      // What the filters have set stays.
      response.resetBuffer();
      response.setContentType(null);
      response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
      if (out.over()) {
        throw new BusyException(
            "The answer took longer than "
                + LONGEST_STREAM.toMinutes()
                + " minutes; ask for a shorter range, a coarser granularity or fewer dimensions.");
      }
      throw e;
    } finally {
      places.giveBack(caller);
    }
  }

  private static String fileName(AnswerFormat format, CubeQuery query) {
    return "%s-%s-%s.%s"
        .formatted(
            query.shape().cube(),
            query.granularity().text(),
            query.from().atZone(query.zone()).toLocalDate(),
            format.name());
  }
}
