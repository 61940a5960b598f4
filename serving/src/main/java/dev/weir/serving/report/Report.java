package dev.weir.serving.report;

import dev.weir.serving.export.ExportFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * A declared report. It is delivered somewhere: to a folder, by email, or both.
 *
 * @param name a lower-case identifier, unique
 * @param zone of its schedule, its range and the times it shows
 * @param span what it is about
 * @param patience how long after it was due it waits for its range to be committed; then it is
 *     delivered and says that it is not
 * @param folder where its files are put
 */
public record Report(
    String name,
    String title,
    Schedule schedule,
    ZoneId zone,
    Span span,
    Duration patience,
    List<Question> questions,
    List<ExportFormat> formats,
    Optional<Path> folder,
    Optional<Email> email) {
  public Report {
    questions = List.copyOf(questions);
    formats = List.copyOf(formats);
    if (folder.isEmpty() && email.isEmpty()) {
      throw new IllegalArgumentException("the report " + name + " is delivered nowhere");
    }
  }

  /**
   * One table of a report.
   *
   * @param parameters of the API, without the range and the zone
   */
  public record Question(String title, String cube, Map<String, List<String>> parameters) {
    public Question {
      parameters = Map.copyOf(parameters);
    }

    /** The parameters for a range. */
    MultiValueMap<String, String> of(Span.Range range, ZoneId zone) {
      MultiValueMap<String, String> all = new LinkedMultiValueMap<>(parameters);
      all.set("from", range.from().toString());
      all.set("to", range.to().toString());
      all.set("tz", zone.getId());
      return all;
    }
  }

  /**
   * Who is mailed.
   *
   * @param to at least one address
   * @param subject empty for the title and the range
   */
  public record Email(List<String> to, Optional<String> subject) {
    public Email {
      to = List.copyOf(to);
    }
  }
}
