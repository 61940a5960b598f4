package dev.weir.serving.security.token;

import dev.weir.serving.security.caller.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the role in a token's claims: the highest that is named.
 *
 * @param claim where roles are; dots lead into nested claims, unless a claim has the whole name
 * @param prefix what stands before Weir's words
 */
record TokenRoles(String claim, String prefix) {

  Optional<Role> in(Map<String, Object> claims) {
    return words(value(claims)).stream()
        .filter(word -> word.startsWith(prefix))
        .flatMap(word -> Role.of(word.substring(prefix.length())).stream())
        .max(Role::compareTo);
  }

  private Object value(Map<String, Object> claims) {
    if (claims.containsKey(claim)) {
      return claims.get(claim);
    }
    Object value = claims;
    for (String step : claim.split("\\.", -1)) {
      value = value instanceof Map<?, ?> nested ? nested.get(step) : null;
    }
    return value;
  }

  /** A list of words, or one text with words between spaces. */
  private static List<String> words(Object value) {
    if (value instanceof Collection<?> words) {
      return words.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }
    return value instanceof String text ? Arrays.asList(text.split(" ", -1)) : List.of();
  }
}
