package dev.weir.serving;

import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import java.util.List;

/**
 * Where the database is.
 *
 * @param url JDBC URL of the PostgreSQL database
 * @param user who logs in there
 * @param password empty where the server asks for none; never shown
 */
public record DatabaseOptions(String url, String user, String password) {
  /** Environment variable that holds the database password. */
  public static final String PASSWORD_VARIABLE = "WEIR_DATABASE_PASSWORD";

  static final List<Option> OPTIONS =
      List.of(
          new Option("database.url", "JDBC URL", null, "jdbc:postgresql://host:port/database"),
          new Option("database.user", "text", null, "who logs in to the database"),
          new Option(
              "database.password-file",
              "file",
              "",
              "file that holds the password; without it the environment variable "
                  + PASSWORD_VARIABLE
                  + ", if set"));

  static DatabaseOptions read(GivenOptions given) {
    String url = given.text("database.url");
    // The URL is never repeated: it may hold a password.
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
      given.error("--database.url must start with jdbc:postgresql:");
    } else if (!url.isEmpty() && !DatabaseConnections.readable(url)) {
      given.error(
          "--database.url cannot be read: write jdbc:postgresql://host:port/database, with the / and, in what follows a ?, %25 for a %; a password is better kept in --database.password-file");
    }
    return new DatabaseOptions(
        url,
        given.text("database.user"),
        given.secret("database.password-file", PASSWORD_VARIABLE));
  }

  /** Without the password, wherever it stands. */
  @Override
  public String toString() {
    int more = url.indexOf('?');
    return (more < 0 ? url : url.substring(0, more) + "?...") + " as " + user;
  }
}
