package dev.weir.serving.live;

import dev.weir.serving.cube.CubeCatalog;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.CubeQueryParser;
import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.ParameterProblem;
import dev.weir.serving.security.caller.Admission;
import dev.weir.serving.sql.CubeShape;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/v1/cubes/{cube}/live}: server-sent events named {@code rows}, each the answer of
 * {@code /api/v1/cubes/{cube}/rows} for the last three minutes; the parameters are the same but for
 * the range. An answer has at most as many rows as a page has; where there are more, its {@code
 * next_offset} is not null.
 */
@RestController
class LiveResource {
  private static final List<String> RANGE =
      List.of("from", "to", "granularity", "compare", "limit", "offset", "format");

  private final CubeCatalog catalog;
  private final CubeQueryParser parser;
  private final LiveRows rows;

  LiveResource(CubeCatalog catalog, CubeQueryParser parser, LiveRows rows) {
    this.catalog = catalog;
    this.parser = parser;
    this.rows = rows;
  }

  @GetMapping("/api/v1/cubes/{cube}/live")
  ResponseEntity<?> live(
      @PathVariable String cube,
      @RequestParam MultiValueMap<String, String> parameters,
      HttpServletRequest request) {
    var viewer = rows.watch(question(catalog.shown(cube), parameters), Admission.of(request));
    if (viewer == null) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(
              ProblemDetail.forStatusAndDetail(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  "Too many viewers watch at once; ask for rows instead."));
    }
    return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(viewer);
  }

  /** Reports everything that is wrong at once. */
  private CubeQuery question(CubeShape shape, MultiValueMap<String, String> parameters) {
    MultiValueMap<String, String> others = new LinkedMultiValueMap<>(parameters);
    List<ParameterProblem> problems = new ArrayList<>();
    for (String name : RANGE) {
      if (others.remove(name) != null) {
        problems.add(
            new ParameterProblem(
                name, "live rows are always the last three minutes", "leave it out"));
      }
    }
    try {
      CubeQuery question = parser.parsePage(shape, others);
      if (problems.isEmpty()) {
        return question;
      }
    } catch (BadParametersException e) {
      problems.addAll(e.problems());
    }
    throw new BadParametersException(problems);
  }
}
