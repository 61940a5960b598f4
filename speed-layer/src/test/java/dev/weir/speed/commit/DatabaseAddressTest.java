package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

class DatabaseAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/weir?password=geheim",
        "jdbc:postgresql://weir:geheim@db/weir",
        "postgres://weir:geheim@db/weir"
      })
  void refusesAPasswordInTheUrlWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> new DatabaseAddress(url, "weir", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the database URL holds a password")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void aUserWithAnAtSignIsNoPassword() {
    assertThat(DatabaseAddress.holdsPassword("jdbc:postgresql://db/weir?user=weir@example"))
        .isFalse();
  }

  /** As Flink does: the job's classes in a loader that goes away with the job. */
  @Test
  void aJobsDriverDoesNotStayWithDriverManager() throws Exception {
    URL[] jars = {locationOf(DatabaseAddress.class), locationOf(Driver.class)};
    try (URLClassLoader job = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      Class<?> addressType = job.loadClass(DatabaseAddress.class.getName());
      Object address =
          addressType
              .getConstructor(String.class, String.class, String.class)
              .newInstance("jdbc:postgresql://127.0.0.1:1/weir", "weir", "");
      Class<?> timeoutsType = job.loadClass(DatabaseAddress.Timeouts.class.getName());
      Method connect = addressType.getMethod("connect", timeoutsType, String.class);
      Object timeouts = timeoutsType.getField("SHORT").get(null);
      assertThatThrownBy(() -> connect.invoke(address, timeouts, "test"))
          .isInstanceOf(InvocationTargetException.class)
          .hasCauseInstanceOf(SQLException.class);
      assertThat(job.loadClass(Driver.class.getName()).getMethod("isRegistered").invoke(null))
          .isEqualTo(false);
    }
    assertThat(Driver.isRegistered()).isTrue();
  }

  private static URL locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
