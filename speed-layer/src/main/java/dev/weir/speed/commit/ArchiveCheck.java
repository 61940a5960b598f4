package dev.weir.speed.commit;

import dev.weir.archive.ArchiveFile;
import dev.weir.speed.commit.CommitRefusedException.Reason;
import dev.weir.speed.commit.EpochPart.FileWritten;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Makes sure that what a commit lists is in the archive. */
final class ArchiveCheck {
  private final Path root;

  ArchiveCheck(URI root) {
    this.root = new Path(root);
  }

  /**
   * Checks every file's length.
   *
   * @throws CommitRefusedException if a file is missing or has another length
   * @throws IOException if the archive cannot be asked
   */
  void check(Committable committable) throws IOException, CommitRefusedException {
    for (FileWritten written : committable.files()) {
      ArchiveFile file = written.file();
      Path path = new Path(root, file.path());
      long length;
      try {
        length = FileSystem.get(path.toUri()).getFileStatus(path).getLen();
      } catch (FileNotFoundException e) {
        throw damaged(committable, path, file, "is missing");
      }
      if (length != file.bytes()) {
        throw damaged(committable, path, file, "has " + length + " bytes");
      }
    }
  }

  private static CommitRefusedException damaged(
      Committable committable, Path path, ArchiveFile file, String found) {
    return new CommitRefusedException(
        Reason.FILE_DAMAGED,
        ("cannot commit %s: the archive file %s (%d rows) should have %d bytes, but %s. Its "
                + "events would be counted but not archived, so nothing was committed. Bring the "
                + "file back and start the job from the same checkpoint, or start it without state "
                + "and with --take-over: it reads the epoch's records again")
            .formatted(committable, path, file.rows(), file.bytes(), found));
  }
}
