package dev.weir.speed.commit;

import dev.weir.archive.ArchiveFile;
import dev.weir.speed.commit.CommitRefusedException.Reason;
import dev.weir.speed.commit.EpochPart.FileWritten;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that what a commit lists is in the archive. */
final class ArchiveCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveCheck.class);

  private final Path root;
  private final Backoff backoff;
  private final FileSystems fileSystems;

  ArchiveCheck(URI root, Backoff backoff) {
    this(root, backoff, FileSystem::get);
  }

  ArchiveCheck(URI root, Backoff backoff, FileSystems fileSystems) {
    this.root = new Path(root);
    this.backoff = backoff;
    this.fileSystems = fileSystems;
  }

  /**
   * Checks every file's length. An archive that cannot be asked is waited for.
   *
   * @throws CommitRefusedException if a file is missing or has another length
   * @throws InterruptedException if the wait is ended
   */
  void check(Committable committable, Wait wait)
      throws CommitRefusedException, InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        for (FileWritten written : committable.files()) {
          check(committable, written.file());
        }
        return;
      } catch (IOException e) {
        Duration pause = backoff.after(failures);
        LOG.warn(
            "Could not ask the archive {} for the files of {} yet (failure {}), so they are not"
                + " committed; trying again in {} ms. If this goes on, see that the archive is"
                + " mounted, reachable and readable from this machine: {}",
            root,
            committable,
            failures + 1,
            pause.toMillis(),
            e.toString());
        wait.sleep(pause);
      }
    }
  }

  private void check(Committable committable, ArchiveFile file)
      throws IOException, CommitRefusedException {
    Path path = new Path(root, file.path());
    FileSystem files = fileSystems.of(path.toUri());
    long length;
    try {
      length = length(files, path, file);
    } catch (FileNotFoundException e) {
      throw damaged(committable, path, file, "is missing");
    }
    if (length != file.bytes()) {
      throw damaged(committable, path, file, "has " + length + " bytes");
    }
  }

  /**
   * @throws FileNotFoundException if the file is not in an archive that is there
   * @throws IOException if the archive cannot be asked: where not even the folder of the file's
   *     kind is, it is not mounted rather than damaged
   */
  private long length(FileSystem files, Path path, ArchiveFile file) throws IOException {
    try {
      return files.getFileStatus(path).getLen();
    } catch (FileNotFoundException e) {
      Path kind = new Path(root, file.path().substring(0, file.path().indexOf('/')));
      if (!files.exists(kind)) {
        throw new IOException("there is no folder " + kind, e);
      }
    }
    // The folder may have come after the file was looked for: only now does a missing file say so.
    return files.getFileStatus(path).getLen();
  }

  private static CommitRefusedException damaged(
      Committable committable, Path path, ArchiveFile file, String found) {
    return new CommitRefusedException(
        Reason.FILE_DAMAGED,
        ("cannot commit %s: the archive file %s (%d rows) should have %d bytes, but %s. Its "
                + "events would be counted but not archived, so nothing was committed. Bring the "
                + "file back and start the job from the same checkpoint, or start it without state "
                + "and with --take-over: it reads the epoch's records again. If a rewind has removed "
                + "this commit, the file is gone on purpose: start the job from the checkpoint of "
                + "the commit log's head instead")
            .formatted(committable, path, file.rows(), file.bytes(), found));
  }

  /** The file systems by their addresses, {@code FileSystem.get} outside of tests. */
  interface FileSystems {
    FileSystem of(URI address) throws IOException;
  }

  /** Waits, unless the task is cancelled. */
  interface Wait {
    void sleep(Duration duration) throws InterruptedException;
  }
}
