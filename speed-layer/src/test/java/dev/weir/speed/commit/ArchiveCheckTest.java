package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.SamplePipeline;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.ArchiveCheck.Wait;
import dev.weir.speed.commit.EpochPart.FileWritten;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCheckTest {
  private static final Wait NO_WAIT =
      pause -> {
        throw new AssertionError("nothing is to be waited for");
      };

  @TempDir private Path archive;
  private Path mounted;
  private Path elsewhere;
  private Committable committable;

  @BeforeEach
  void writeTheFile() throws IOException {
    FileWritten file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 1000);
    Pipeline pipeline = SamplePipeline.web();
    EpochGatherer epoch = new EpochGatherer(pipeline);
    new SampleEpoch(pipeline, 1, 10).parts().forEach(epoch::add);
    epoch.add(file);
    committable = epoch.toCommittable(new UUID(9, 1), Committable.NONE, 1, "job", 1);
    mounted = archive.resolve("arrivals");
    elsewhere = archive.resolve("elsewhere");
  }

  @Test
  void aFileThatIsThereIsNotWaitedFor() throws Exception {
    check(FileSystem::get, NO_WAIT);
  }

  @Test
  void aFileMissingFromAnArchiveThatIsThereIsDamage() throws Exception {
    Files.delete(mounted.resolve("2026-11-20/a.parquet"));
    assertThatThrownBy(() -> check(FileSystem::get, NO_WAIT))
        .isInstanceOf(CommitRefusedException.class)
        .hasMessageContaining("should have 1000 bytes, but is missing");
  }

  @Test
  void anArchiveThatIsNotMountedIsAskedUntilItIs() throws Exception {
    move(mounted, elsewhere);
    AtomicInteger pauses = new AtomicInteger();
    check(
        FileSystem::get,
        pause -> {
          if (pauses.incrementAndGet() == 3) {
            move(elsewhere, mounted);
          }
        });
    assertThat(pauses).hasValue(3);
  }

  /** Looked for before the archive was mounted, and its folder after. */
  @Test
  void anArchiveThatIsMountedDuringTheCheckIsNoDamage() throws Exception {
    move(mounted, elsewhere);
    AtomicInteger looks = new AtomicInteger();
    FileSystem mountedLate =
        new LocalFileSystem() {
          @Override
          public FileStatus getFileStatus(org.apache.flink.core.fs.Path path) throws IOException {
            try {
              return super.getFileStatus(path);
            } finally {
              if (looks.incrementAndGet() == 1) {
                move(elsewhere, mounted);
              }
            }
          }
        };
    check(address -> mountedLate, NO_WAIT);
    assertThat(looks).hasValueGreaterThan(1);
  }

  private void check(ArchiveCheck.FileSystems fileSystems, Wait wait) throws Exception {
    Duration pause = Duration.ofMillis(1);
    Backoff backoff = new Backoff(pause, pause, new SplittableRandom(1));
    new ArchiveCheck(archive.toUri(), backoff, fileSystems).check(committable, wait);
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
