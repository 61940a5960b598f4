package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeQuery.Filter;
import dev.weir.serving.cube.RangeParameters.Range;
import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.ParameterProblem;
import dev.weir.serving.sql.CubeShape;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/**
 * Reads a question to a cube from query parameters, and reports everything that is wrong with them
 * at once. What each parameter means is in {@code serving/API.md}.
 */
@Component
public class CubeQueryParser {
  static final int DEFAULT_LIMIT = 1_000;
  static final int MAX_LIMIT = 20_000;
  private static final int MAX_OFFSET = 1_000_000;

  private static final List<String> NAMES =
      Stream.of(
              RangeParameters.NAMES,
              List.of("dimensions", "measures", "absent"),
              ShownParameters.NAMES,
              List.of("format"))
          .flatMap(List::stream)
          .toList();

  private final Clock clock;
  private final AnswerFormats formats;
  private final CubeCatalog catalog;

  CubeQueryParser(Clock clock, CubeCatalog catalog, AnswerFormats formats) {
    this.clock = clock;
    this.catalog = catalog;
    this.formats = formats;
  }

  /**
   * Reads a question that is answered whole, unless it has a limit. Rows that follow each other
   * have no place for totals: they are refused.
   *
   * @throws BadParametersException with every problem found
   */
  public CubeQuery parse(CubeShape shape, MultiValueMap<String, String> given) {
    Parameters parameters = new Parameters(given);
    if (parameters.all("totals").contains("true")) {
      parameters.problem(
          "totals",
          "only pages of JSON have a place for them",
          "leave it out, or ask for them alone with granularity=total");
    }
    return parse(shape, parameters, null, Integer.MAX_VALUE);
  }

  /**
   * Reads a question that is answered page by page: 1000 rows unless given, at most 20,000.
   *
   * @throws BadParametersException with every problem found
   */
  public CubeQuery parsePage(CubeShape shape, MultiValueMap<String, String> parameters) {
    return parse(shape, new Parameters(parameters), DEFAULT_LIMIT, MAX_LIMIT);
  }

  private CubeQuery parse(CubeShape shape, Parameters parameters, Integer limit, int maxLimit) {
    FilterParameters filters = new FilterParameters(parameters, shape);
    for (String name : parameters.names()) {
      if (!filters.takes(name) && !NAMES.contains(name)) {
        parameters.problem(
            name,
            ParameterProblem.UNKNOWN,
            ParameterProblem.oneOf(NAMES) + ", filter.<dimension> or exclude.<dimension>");
      }
    }
    Range range = new RangeParameters(parameters, clock).read();
    List<String> dimensions = parameters.known("dimensions", shape.cube(), shape.dimensions());
    MeasureNames measures = new MeasureNames(shape);
    CubeShape asked =
        new CubeShape(shape.cube(), shape.definitionHash(), dimensions, measures.read(parameters));
    List<Filter> accepted = filters.read();
    ShownParameters shown = new ShownParameters(parameters, asked);
    CubeQuery query =
        new CubeQuery(
            asked,
            new SourceViews(shape, !catalog.backfilling(shape)),
            range.granularity(),
            range.zone(),
            range.from(),
            range.to(),
            accepted,
            shown.order(),
            shown.top(measures),
            shown.fill(),
            ComparisonText.read(parameters, range),
            parameters.flag("totals"),
            parameters.number("limit", limit, 1, maxLimit),
            parameters.number("offset", 0, 0, MAX_OFFSET));
    parameters.word("format", formats.names(), AnswerFormats.JSON, "a format");
    parameters.refuseIfWrong();
    return query;
  }
}
