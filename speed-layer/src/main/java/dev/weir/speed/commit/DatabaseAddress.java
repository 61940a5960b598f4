package dev.weir.speed.commit;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where the commit log is. Travels with the job graph to the task managers.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/database}; without credentials
 * @param password empty where the server asks for none; never shown by {@link #toString()}
 */
public record DatabaseAddress(String url, String user, String password) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks that all three are there and that the driver will understand the URL. */
  public DatabaseAddress {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "the database URL " + url + " is not a PostgreSQL one; write jdbc:postgresql://host:port/database");
    }
  }

  @Override
  public String toString() {
    return user + " at " + url;
  }
}
