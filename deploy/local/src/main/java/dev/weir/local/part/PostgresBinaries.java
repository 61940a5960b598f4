package dev.weir.local.part;

import dev.weir.local.runtime.LocalRuntimeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's binaries, packed in a jar on the class path, unpacked into a folder once. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /** Unpacks unless the folder exists; the folder appears in one step, so never half of it. */
  static Path unpack(Path folder) {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path next = folder.resolveSibling(folder.getFileName() + ".next");
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(resource())) {
      if (packed == null) {
        throw new LocalRuntimeException(
            "There are no PostgreSQL binaries for this machine ("
                + System.getProperty("os.name")
                + ", "
                + System.getProperty("os.arch")
                + "). Weir's local runtime knows Linux and macOS on amd64 and aarch64.");
      }
      extract(packed, next);
      Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot unpack PostgreSQL to " + folder + ": " + e, e);
    }
    return folder;
  }

  private static String resource() {
    String os = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String arch = System.getProperty("os.arch");
    String machine = arch.equals("amd64") || arch.equals("x86_64") ? "x86_64" : "arm_64";
    return "/postgres-" + os + "-" + machine + ".txz";
  }

  private static void extract(InputStream packed, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }
}
