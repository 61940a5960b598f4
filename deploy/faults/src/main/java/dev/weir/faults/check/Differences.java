package dev.weir.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Gathers what is not as it must be. */
final class Differences {
  private final List<String> found = new ArrayList<>();

  void expect(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      found.add(what + " should be " + expected + ", but is " + actual);
    }
  }

  void add(String what) {
    found.add(what);
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
