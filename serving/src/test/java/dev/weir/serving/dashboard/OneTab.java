package dev.weir.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that look at one page after the other, none of which may complain about anything. */
@ExtendWith(SharedDashboard.class)
abstract class OneTab {
  static Dashboard dashboard;
  Tab tab;

  @BeforeAll
  static void start(Dashboard shared) {
    dashboard = shared;
  }

  @AfterEach
  void nothingWasComplainedAbout() {
    List<String> complaints = tab.complaints();
    tab.close();
    assertThat(complaints).isEmpty();
  }

  /** Opens a page, once it has loaded; the one before is closed. */
  final Tab open(String path) {
    if (tab != null) {
      nothingWasComplainedAbout();
    }
    tab = dashboard.open(path);
    return tab.loaded();
  }
}
