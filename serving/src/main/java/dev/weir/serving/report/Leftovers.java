package dev.weir.serving.report;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what processes that ended while they made a report left behind: folders of files that
 * were made, and files half delivered. Only what is old enough to be nobody's work any more, has a
 * name that only a report gives, and belongs to this process's user.
 */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** What the names of folders begin with in which files are made. */
  static final String MADE = "weir-report-";

  private static final Pattern FOLDER = Pattern.compile(MADE + "[0-9]+");
  private static final Pattern FILE = Pattern.compile(".*");
  private static final Pattern UNFINISHED =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

  private final String user = System.getProperty("user.name");
  private final Instant before;

  /**
   * @param before what was changed later stays
   */
  Leftovers(Instant before) {
    this.before = before;
  }

  /** Deletes folders of files that were made, with the files in them. */
  void deleteMade(Path temporary) {
    try {
      for (Path folder : old(temporary, FOLDER)) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          for (Path file : old(folder, FILE)) {
            Files.deleteIfExists(file);
          }
          Files.deleteIfExists(folder);
          LOG.info("Deleted {}, which a process that ended left behind", folder);
        }
      }
    } catch (IOException e) {
      LOG.warn("What ended processes left in {} could not be deleted", temporary, e);
    }
  }

  /** Deletes files that were not whole yet from a folder that reports are delivered to. */
  void deleteUnfinished(Path delivered) {
    try {
      for (Path file : old(delivered, UNFINISHED)) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
          LOG.info("Deleted {}, which a process that ended left behind", file);
        }
      }
    } catch (IOException e) {
      LOG.warn("What ended processes left in {} could not be deleted", delivered, e);
    }
  }

  private List<Path> old(Path folder, Pattern name) throws IOException {
    List<Path> old = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (isOld(entry, name)) {
          old.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return old;
  }

  private boolean isOld(Path entry, Pattern name) throws IOException {
    return name.matcher(entry.getFileName().toString()).matches()
        && Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(before)
        && Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).getName().equals(user);
  }
}
