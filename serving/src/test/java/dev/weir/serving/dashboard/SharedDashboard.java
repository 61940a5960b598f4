package dev.weir.serving.dashboard;

import dev.weir.serving.SharedBetweenTests;

/** Whoever changes more than the last minutes' events starts a dashboard of its own. */
final class SharedDashboard extends SharedBetweenTests<Dashboard> {
  SharedDashboard() {
    super(Dashboard.class, Dashboard::new, Dashboard::close);
  }
}
