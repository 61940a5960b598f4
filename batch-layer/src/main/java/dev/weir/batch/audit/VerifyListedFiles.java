package dev.weir.batch.audit;

import dev.weir.archive.ArchiveKind;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.wording.Counted;
import dev.weir.batch.wording.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Task: reads listed files to their end and gives what is not as the manifest says: rows and hash
 * sum per event hour; of dead letters, their number and the file's length.
 */
final class VerifyListedFiles implements FlatMapFunction<Iterator<List<ListedFile>>, FileDamage> {
  private static final long serialVersionUID = 1L;

  private final URI archive;

  VerifyListedFiles(URI archive) {
    this.archive = archive;
  }

  @Override
  public Iterator<FileDamage> call(Iterator<List<ListedFile>> groups) {
    ArchiveStore store = ArchiveStore.of(archive);
    List<FileDamage> damages = new ArrayList<>();
    while (groups.hasNext()) {
      for (ListedFile file : groups.next()) {
        List<FileDamage> found = verify(store, file);
        // A second look: what a busy file system says once is not yet damage.
        damages.addAll(found.isEmpty() ? found : verify(store, file));
      }
    }
    return damages.iterator();
  }

  private static List<FileDamage> verify(ArchiveStore store, ListedFile file) {
    try {
      InputFile input = store.input(file.path());
      return file.kind() == ArchiveKind.DEAD_LETTERS
          ? deadLetters(input, file)
          : compare(file, HourTally.of(input));
    } catch (IOException | RuntimeException e) {
      // Parquet reports damage with exceptions of all kinds; whatever it is, the file is no good.
      return file.damagedEverywhere("cannot be read: " + Reason.of(e));
    }
  }

  private static List<FileDamage> deadLetters(InputFile input, ListedFile file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      if (reader.getRecordCount() != file.rows()) {
        return file.damagedEverywhere(
            "holds %d dead letters, the manifest lists %d"
                .formatted(reader.getRecordCount(), file.rows()));
      }
    }
    return input.getLength() == file.bytes()
        ? List.of()
        : file.damagedEverywhere(
            "is %d bytes long, the manifest lists %d".formatted(input.getLength(), file.bytes()));
  }

  private static List<FileDamage> compare(ListedFile file, Map<Long, HourSum> tally) {
    List<FileDamage> damages = new ArrayList<>();
    file.hours()
        .forEach(
            (hour, listed) -> {
              HourSum found = tally.getOrDefault(hour, HourSum.NONE);
              if (found.rows() != listed.rows()) {
                damages.add(
                    file.damaged(
                        hour,
                        listed.rows(),
                        "holds %s of this hour, the manifest lists %d"
                            .formatted(Counted.of(found.rows(), "row"), listed.rows())));
              } else if (found.hashSum() != listed.hashSum()) {
                damages.add(
                    file.damaged(
                        hour,
                        listed.rows(),
                        "was altered: the hash sum of its rows is not the manifest's"));
              }
            });
    return damages;
  }
}
