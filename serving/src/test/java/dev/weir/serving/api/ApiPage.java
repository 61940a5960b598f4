package dev.weir.serving.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code API.md}: questions, each in a comment, with the answer in the block of JSON below it. */
final class ApiPage {
  /** Set to write the answers anew instead. */
  private static final String WRITE = "weir.write.pages";

  private static final Path PAGE = Path.of("API.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- question: (\\S+) -->\\n(.*?```json\\n)(.*?)\\n```", Pattern.DOTALL);

  private final RunningServer server;
  private final List<String> wrong = new ArrayList<>();

  ApiPage(RunningServer server) {
    this.server = server;
  }

  /** The questions that are answered otherwise than the page says, with their answers. */
  List<String> wrongExamples() throws IOException {
    String right = EXAMPLE.matcher(Files.readString(PAGE)).replaceAll(this::checked);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, right);
    }
    return List.copyOf(wrong);
  }

  private String checked(MatchResult example) {
    String question = example.group(1);
    String answer = readable(question);
    if (!answer.equals(example.group(3))) {
      wrong.add(question + " answers\n" + answer);
    }
    return Matcher.quoteReplacement(
        "<!-- question: " + question + " -->\n" + example.group(2) + answer + "\n```");
  }

  /** A line for each part of an answer. */
  private String readable(String question) {
    try {
      return server
          .get(question)
          .body()
          .replace("\"rows\":[{", "\"rows\":[\n  {")
          .replace("},{", "},\n  {")
          .replace("],\"totals\"", "],\n\"totals\"")
          .replace("],\"status\"", "],\n\"status\"")
          .replace("\"errors\"", "\n\"errors\"")
          .replace(",\"rows\"", ",\n\"rows\"");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
