package dev.weir.serving.cube;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** Finds the form in which an answer is wanted. */
@Component
class AnswerFormats {
  static final String JSON = "json";

  private final List<AnswerFormat> streamed;

  AnswerFormats(List<AnswerFormat> streamed) {
    this.streamed = List.copyOf(streamed);
  }

  /** As they are written in requests, JSON first. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(JSON));
    streamed.stream().map(AnswerFormat::name).forEach(names::add);
    return names;
  }

  /**
   * The format that is named, or else the one that is accepted best.
   *
   * @param name null where none is named
   * @param accept the header; null where there is none
   * @return empty for JSON, and for a name that is not known
   * @throws HttpMediaTypeNotAcceptableException if there is none of the accepted ones
   */
  Optional<AnswerFormat> find(String name, String accept)
      throws HttpMediaTypeNotAcceptableException {
    if (name != null) {
      return streamed.stream().filter(format -> format.name().equals(name)).findFirst();
    }
    for (MediaType accepted : accepted(accept)) {
      if (accepted.includes(MediaType.APPLICATION_JSON)) {
        return Optional.empty();
      }
      for (AnswerFormat format : streamed) {
        if (accepted.includes(format.mediaType())) {
          return Optional.of(format);
        }
      }
    }
    List<MediaType> offered = new ArrayList<>(List.of(MediaType.APPLICATION_JSON));
    streamed.stream().map(AnswerFormat::mediaType).forEach(offered::add);
    throw new HttpMediaTypeNotAcceptableException(offered);
  }

  private static List<MediaType> accepted(String accept)
      throws HttpMediaTypeNotAcceptableException {
    if (accept == null || accept.isBlank()) {
      return List.of(MediaType.ALL);
    }
    try {
      List<MediaType> types = new ArrayList<>(MediaType.parseMediaTypes(accept));
      types.removeIf(type -> type.getQualityValue() == 0);
      MimeTypeUtils.sortBySpecificity(types);
      // Stable: of equal quality the more specific one stays before the other.
      types.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
      return types;
    } catch (InvalidMediaTypeException e) {
      throw new HttpMediaTypeNotAcceptableException("Accept: " + e.getMessage());
    }
  }
}
