package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeQuery.Filter;
import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.ParameterProblem;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * Reads a question to a cube from query parameters, and reports everything that is wrong with them
 * at once.
 *
 * <p>{@code from}, {@code to}, {@code granularity}, {@code dimensions=a,b}, {@code measures=m,n}
 * (all unless given), {@code filter.<dimension>=value} (repeated: any of them), {@code
 * absent=<dimension>} (events without a value; beside a filter of the same dimension: those, too),
 * {@code limit}, {@code offset}.
 */
@Component
public class CubeQueryParser {
  static final int DEFAULT_LIMIT = 1_000;
  static final int MAX_LIMIT = 20_000;
  private static final int MAX_OFFSET = 1_000_000;
  private static final int MAX_VALUES = 100;
  private static final String FILTER = "filter.";
  private static final List<String> PARAMETERS =
      List.of("from", "to", "granularity", "dimensions", "measures", "absent", "limit", "offset");

  private final Clock clock;

  CubeQueryParser(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads the parameters.
   *
   * @throws BadParametersException with every problem found
   */
  public CubeQuery parse(CubeShape shape, MultiValueMap<String, String> parameters) {
    return new Parsing(shape, parameters).query();
  }

  private final class Parsing {
    private final CubeShape shape;
    private final MultiValueMap<String, String> parameters;
    private final List<ParameterProblem> problems = new ArrayList<>();

    Parsing(CubeShape shape, MultiValueMap<String, String> parameters) {
      this.shape = shape;
      this.parameters = parameters;
    }

    CubeQuery query() {
      checkNames();
      Granularity granularity = granularity();
      Instant to = time("to", clock.instant());
      Instant from =
          time("from", to == null ? null : granularity.floor(to).minus(granularity.usualRange()));
      if (from != null && to != null) {
        checkRange(granularity, from, to);
      }
      List<String> dimensions = known("dimensions", shape.dimensions(), List.of());
      List<String> columns = shape.columns().stream().map(Column::name).toList();
      List<String> measures = known("measures", columns, columns);
      List<Filter> filters = filters();
      int limit = number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
      int offset = number("offset", 0, 0, MAX_OFFSET);
      if (!problems.isEmpty()) {
        throw new BadParametersException(problems);
      }
      CubeShape asked =
          shape.withDimensions(dimensions).withColumns(column -> measures.contains(column.name()));
      return new CubeQuery(
          asked,
          granularity,
          granularity.floor(from),
          granularity.ceiling(to),
          filters,
          limit,
          offset);
    }

    private void checkNames() {
      for (String name : parameters.keySet()) {
        if (name.startsWith(FILTER)
            && !shape.dimensions().contains(name.substring(FILTER.length()))) {
          problem(
              name,
              "the cube " + shape.cube() + " has no such dimension",
              oneOf(shape.dimensions()));
        } else if (!name.startsWith(FILTER) && !PARAMETERS.contains(name)) {
          problem(name, "there is no such parameter", oneOf(PARAMETERS) + " or filter.<dimension>");
        }
      }
    }

    private Granularity granularity() {
      String text = parameters.getFirst("granularity");
      if (text == null) {
        return Granularity.MINUTE;
      }
      for (Granularity granularity : Granularity.values()) {
        if (granularity.text().equals(text)) {
          return granularity;
        }
      }
      problem(
          "granularity",
          "'" + text + "' is not a granularity",
          oneOf(Arrays.stream(Granularity.values()).map(Granularity::text).toList()));
      return Granularity.MINUTE;
    }

    private Instant time(String name, Instant otherwise) {
      String text = parameters.getFirst(name);
      if (text == null) {
        return otherwise;
      }
      try {
        if (text.length() == "2026-01-31".length()) {
          return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        // An unescaped + of a zone arrives as a space.
        Instant time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        if (time.isAfter(Instant.EPOCH.minusSeconds(1))
            && time.isBefore(Instant.parse("2300-01-01T00:00:00Z"))) {
          return time;
        }
        problem(name, "'" + text + "' is outside 1970 to 2300", "use a time inside");
      } catch (DateTimeException e) {
        problem(
            name,
            "'" + text + "' is not a time",
            "use ISO-8601 with a zone, such as 2026-01-31T13:00:00Z, or a date");
      }
      return null;
    }

    private void checkRange(Granularity granularity, Instant from, Instant to) {
      if (!from.isBefore(to)) {
        problem(
            "from",
            "it is not before to (" + to + ")",
            "exchange the two or leave out to, which then is now");
      } else if (from.plus(granularity.longestRange()).isBefore(to)) {
        problem(
            "from",
            "a range by "
                + granularity.text()
                + " may span at most "
                + granularity.longestRange().toDays()
                + " days",
            "shorten it or choose a coarser granularity");
      }
    }

    private List<String> known(String name, List<String> all, List<String> otherwise) {
      List<String> given = parameters.get(name);
      if (given == null) {
        return otherwise;
      }
      Set<String> names = new LinkedHashSet<>();
      for (String part : StringUtils.commaDelimitedListToStringArray(String.join(",", given))) {
        String trimmed = part.strip();
        if (trimmed.isEmpty()) {
          continue;
        }
        if (!all.contains(trimmed)) {
          problem(name, "the cube " + shape.cube() + " has no '" + trimmed + "'", oneOf(all));
        }
        names.add(trimmed);
      }
      return names.isEmpty() ? otherwise : List.copyOf(names);
    }

    private List<Filter> filters() {
      List<String> absent = known("absent", shape.dimensions(), List.of());
      List<Filter> filters = new ArrayList<>();
      for (String dimension : shape.dimensions()) {
        List<String> values = parameters.getOrDefault(FILTER + dimension, List.of());
        if (values.size() > MAX_VALUES) {
          problem(
              FILTER + dimension,
              "it has " + values.size() + " values",
              "use at most " + MAX_VALUES);
        } else if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
          problem(FILTER + dimension, "a value holds NUL, which no event can", "leave it out");
        } else if (!values.isEmpty() || absent.contains(dimension)) {
          filters.add(new Filter(dimension, Set.copyOf(values), absent.contains(dimension)));
        }
      }
      return filters;
    }

    private int number(String name, int otherwise, int min, int max) {
      String text = parameters.getFirst(name);
      if (text == null) {
        return otherwise;
      }
      try {
        int number = Integer.parseInt(text);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported below, like a number out of range.
      }
      problem(
          name, "'" + text + "' is not usable", "use a whole number from " + min + " to " + max);
      return otherwise;
    }

    private void problem(String parameter, String problem, String remedy) {
      problems.add(new ParameterProblem(parameter, problem, remedy));
    }

    private static String oneOf(List<String> names) {
      return "use " + String.join(", ", names);
    }
  }
}
