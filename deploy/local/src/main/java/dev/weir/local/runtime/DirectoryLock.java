package dev.weir.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Keeps two commands from starting and stopping parts of the same data directory at once. The
 * system releases it when the process ends, however it ends.
 */
public final class DirectoryLock {
  /** Who only looks whether the lock is held has it for a moment. */
  private static final int TRIES = 10;

  private static final long BETWEEN_TRIES_MILLIS = 50;

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Runs the work while nobody else can.
   *
   * @throws LocalRuntimeException soon, if another command is at work
   */
  public static <T> T holding(DataDirectory data, Supplier<T> work) {
    DirectoryLock lock = take(data);
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  /**
   * Whether a command of another process is starting or stopping parts at this moment; false, too,
   * for who may not look. Never asked while this process holds the lock: it could lose it.
   */
  public static boolean isHeld(DataDirectory data) {
    try (FileChannel channel = FileChannel.open(file(data), StandardOpenOption.WRITE)) {
      return !locked(channel);
    } catch (NoSuchFileException | AccessDeniedException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + file(data), e);
    }
  }

  private static Path file(DataDirectory data) {
    return data.run().resolve("lock");
  }

  private static DirectoryLock take(DataDirectory data) {
    Path file = file(data);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean ours = false;
      try {
        ours = lockedSoon(channel);
      } finally {
        if (!ours) {
          channel.close();
        }
      }
      if (!ours) {
        throw new LocalRuntimeException(
            "Another weir command is starting or stopping the parts in "
                + data.root()
                + ". Wait until it has ended, then run this one again.");
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lock " + file, e);
    }
  }

  private static boolean lockedSoon(FileChannel channel) throws IOException {
    for (int i = 1; i < TRIES; i++) {
      if (locked(channel)) {
        return true;
      }
      try {
        Thread.sleep(BETWEEN_TRIES_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LocalRuntimeException("Interrupted.", e);
      }
    }
    return locked(channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
