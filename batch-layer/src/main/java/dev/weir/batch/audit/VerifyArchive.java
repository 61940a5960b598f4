package dev.weir.batch.audit;

import dev.weir.archive.ArchiveKind;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.HourRange;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.wording.Counted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Verifies every listed file with Spark, page by page of the manifest, so that memory is bounded by
 * a page. Files do not change once they are listed, and only runs of the batch layer, which exclude
 * each other, delete them: the pages need no common snapshot.
 */
final class VerifyArchive {
  private static final String PAGE = SqlFile.read(VerifyArchive.class, "listed-files");
  private static final int PAGE_FILES = 2000;
  private static final long ROWS_PER_TASK = 1_000_000;

  private final Connection connection;
  private final URI archive;
  private final Supplier<JavaSparkContext> spark;
  private final List<FileDamage> damages = new ArrayList<>();
  private long files;
  private long rows;

  VerifyArchive(Connection connection, URI archive, Supplier<JavaSparkContext> spark) {
    this.connection = connection;
    this.archive = archive;
    this.spark = spark;
  }

  /**
   * Verifies the files that hold event hours of the range, and those of dead letters.
   *
   * @throws ArchiveAwayException if files are damaged, and the archive is away, or a damaged file
   *     is whole when everything else has been read
   */
  void verify(HourRange range) throws SQLException, IOException, ArchiveAwayException {
    List<ListedFile> damaged = new ArrayList<>();
    List<ListedFile> page = page(range, 0);
    while (!page.isEmpty()) {
      List<FileDamage> found = verify(page);
      damages.addAll(found);
      Set<Long> ids = found.stream().map(FileDamage::file).collect(Collectors.toSet());
      page.stream().filter(file -> ids.contains(file.id())).forEach(damaged::add);
      files += page.size();
      rows += page.stream().mapToLong(ListedFile::rows).sum();
      page = page(range, page.get(page.size() - 1).id());
    }
    requireStill(damaged);
  }

  private List<FileDamage> verify(List<ListedFile> some) {
    List<List<ListedFile>> groups = groups(some);
    return spark
        .get()
        .parallelize(groups, groups.size())
        .mapPartitions(new VerifyListedFiles(archive))
        .collect();
  }

  /** An archive that was away for a moment is not damaged: it is there, and looked at again. */
  private void requireStill(List<ListedFile> damaged) throws IOException, ArchiveAwayException {
    if (damaged.isEmpty()) {
      return;
    }
    requireReachable(damaged);
    Set<Long> still = verify(damaged).stream().map(FileDamage::file).collect(Collectors.toSet());
    requireReachable(damaged);
    List<ListedFile> whole = damaged.stream().filter(file -> !still.contains(file.id())).toList();
    if (!whole.isEmpty()) {
      throw new ArchiveAwayException(
          "the archive "
              + archive
              + " changed while it was read: "
              + Counted.of(whole.size(), "file")
              + " of "
              + damaged.size()
              + " that seemed damaged can be read now and hold what is listed, such as "
              + whole.get(0).path()
              + ". See that it stays mounted and reachable, then run again");
    }
  }

  private void requireReachable(List<ListedFile> damaged) throws IOException, ArchiveAwayException {
    ArchiveStore store = ArchiveStore.of(archive);
    if (!store.reachable()) {
      throw new ArchiveAwayException(
          "the archive "
              + archive
              + " went away while it was read: it does not exist or is empty now. Mount it, then run"
              + " again");
    }
    for (ArchiveKind kind : EnumSet.copyOf(damaged.stream().map(ListedFile::kind).toList())) {
      if (!store.hasFolder(kind)) {
        throw new ArchiveAwayException(
            "the archive has no folder "
                + Path.of(archive.getPath(), kind.manifestName())
                + ", but files are listed in it. Bring it back, then run again; if everything in it"
                + " is lost for good, make an empty one");
      }
    }
  }

  List<FileDamage> damages() {
    return damages;
  }

  long files() {
    return files;
  }

  long rows() {
    return rows;
  }

  private List<ListedFile> page(HourRange range, long after) throws SQLException {
    List<ListedFile> page = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setObject(1, UtcTime.ofMillis(range.from().toEpochMilli()));
      statement.setObject(2, UtcTime.ofMillis(range.to().toEpochMilli()));
      statement.setLong(3, after);
      statement.setInt(4, PAGE_FILES);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long id = row.getLong(1);
          if (page.isEmpty() || page.get(page.size() - 1).id() != id) {
            page.add(
                new ListedFile(
                    id,
                    ArchiveKind.ofManifestName(row.getString(2)),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5),
                    new TreeMap<>()));
          }
          if (row.getObject(6) != null) {
            page.get(page.size() - 1)
                .hours()
                .put(UtcTime.millis(row, 6), new HourSum(row.getLong(7), row.getLong(8)));
          }
        }
      }
    }
    return page;
  }

  private static List<List<ListedFile>> groups(List<ListedFile> page) {
    List<List<ListedFile>> groups = new ArrayList<>();
    long filled = ROWS_PER_TASK;
    for (ListedFile file : page) {
      if (filled >= ROWS_PER_TASK) {
        groups.add(new ArrayList<>());
        filled = 0;
      }
      groups.get(groups.size() - 1).add(file);
      // Even an empty file costs a look.
      filled += Math.max(file.rows(), ROWS_PER_TASK / 200);
    }
    return groups;
  }
}
