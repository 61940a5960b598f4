package dev.weir.serving.cache;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/v1/cache/clear}: forgets all kept answers. The numbers are the same after it.
 */
@RestController
class CacheResource {
  private final AnswerStore answers;

  CacheResource(AnswerStore answers) {
    this.answers = answers;
  }

  @PostMapping("/api/v1/cache/clear")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void clear() {
    answers.clear();
  }
}
