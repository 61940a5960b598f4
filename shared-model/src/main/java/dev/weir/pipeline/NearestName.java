package dev.weir.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class NearestName {
  private NearestName() {}

  /** The known name at the smallest edit distance, if that is small for the name's length. */
  public static Optional<String> of(String name, Collection<String> known) {
    if (name.length() > 64) {
      return Optional.empty();
    }
    String lower = name.toLowerCase(Locale.ROOT).replace('-', '_');
    int tolerated = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(candidate -> distance(lower, candidate.replace('-', '_')) <= tolerated)
        .min(
            Comparator.<String>comparingInt(
                    candidate -> distance(lower, candidate.replace('-', '_')))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Damerau-Levenshtein distance without repeated edits: swapped neighbours count once. */
  private static int distance(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
        }
      }
      int[] reused = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = reused;
    }
    return previous[b.length()];
  }
}
