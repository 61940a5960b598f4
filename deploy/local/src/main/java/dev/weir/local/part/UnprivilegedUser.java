package dev.weir.local.part;

import dev.weir.local.runtime.LocalRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. Where root runs the command (in containers, mostly), it is
 * started in a user namespace of its own, in which the process is nobody but owns the same files;
 * where the system forbids such namespaces, as user 65534.
 */
final class UnprivilegedUser {
  private static final String NOBODY = "65534";

  private final List<String> prefix;
  private final boolean changesOwner;

  private UnprivilegedUser(List<String> prefix, boolean changesOwner) {
    this.prefix = List.copyOf(prefix);
    this.changesOwner = changesOwner;
  }

  /**
   * @param folder that the user must be able to enter
   */
  static UnprivilegedUser find(Path folder) {
    if (!"0".equals(output("id", "-u"))) {
      return new UnprivilegedUser(List.of(), false);
    }
    if (isNumberButZero(output("unshare", "-U", "id", "-u"))) {
      return new UnprivilegedUser(List.of("unshare", "-U"), false);
    }
    List<String> nobody =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    List<String> probe = new ArrayList<>(nobody);
    probe.addAll(List.of("ls", "-d", folder + "/."));
    if (output(probe.toArray(String[]::new)).isEmpty()) {
      throw new LocalRuntimeException(
          "PostgreSQL refuses to run as root, and user nobody cannot enter "
              + folder
              + ". Run weir as another user, or put the data where others may enter:"
              + " --data /var/tmp/weir.");
    }
    return new UnprivilegedUser(nobody, true);
  }

  List<String> prefix() {
    return prefix;
  }

  /** Makes the user the owner of a folder. */
  void give(Path folder) {
    if (changesOwner) {
      output("chown", NOBODY + ":" + NOBODY, folder.toString());
    }
  }

  private static boolean isNumberButZero(String text) {
    return !text.isEmpty() && !text.equals("0") && text.chars().allMatch(Character::isDigit);
  }

  private static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? text.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
