package dev.weir.local.part;

import dev.weir.local.runtime.FolderTree;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * An executable jar of Spring Boot with its classes and libraries side by side in a folder. From
 * there they load as from any class path; out of jars within a jar they come through URL handlers,
 * which took a quarter of the CPU time of the application's start.
 */
final class UnpackedJar {
  private static final String CLASSES = "BOOT-INF/classes/";
  private static final String LIBRARIES = "BOOT-INF/lib/";

  private UnpackedJar() {}

  /**
   * Replaces a folder by what is in the jar.
   *
   * @return its class path, in the order in which the jar's own launcher would look
   * @throws IOException also if the jar is none of Spring Boot
   */
  static String classPath(Path jar, Path folder) throws IOException {
    FolderTree.delete(folder);
    List<String> classPath = new ArrayList<>();
    classPath.add(Files.createDirectories(folder.resolve("classes")).toString());
    try (JarFile from = new JarFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        if (entry.isDirectory()) {
          continue;
        }
        String name = entry.getName();
        if (name.startsWith(CLASSES)) {
          unpack(from, entry, folder.resolve("classes"), name.substring(CLASSES.length()));
        } else if (name.startsWith(LIBRARIES)) {
          Path lib = folder.resolve("lib");
          classPath.add(unpack(from, entry, lib, name.substring(LIBRARIES.length())).toString());
        }
      }
    }
    if (classPath.size() == 1) {
      throw new IOException(jar + " has no " + LIBRARIES);
    }
    return String.join(File.pathSeparator, classPath);
  }

  private static Path unpack(JarFile from, ZipEntry entry, Path folder, String name)
      throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException(entry.getName() + " leads out of " + from.getName());
    }
    Files.createDirectories(file.getParent());
    try (InputStream bytes = from.getInputStream(entry)) {
      Files.copy(bytes, file);
    }
    return file;
  }
}
