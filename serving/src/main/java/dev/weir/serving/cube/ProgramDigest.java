package dev.weir.serving.cube;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Tells versions of this program apart, in whatever form it is packaged. */
final class ProgramDigest {
  private ProgramDigest() {}

  /** A text that is equal for equal classes and scripts. */
  static String compute() {
    CRC32 crc = new CRC32();
    try {
      PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();
      for (String[] kind : new String[][] {{"dev/weir/", "**/*.class"}, {"db/", "**/*.sql"}}) {
        Resource[] found = files.getResources("classpath*:" + kind[0] + kind[1]);
        // By their names in the program: their places differ from one package to the next.
        Arrays.sort(found, Comparator.comparing(file -> nameFrom(kind[0], file)));
        for (Resource file : found) {
          try (InputStream in = new CheckedInputStream(file.getInputStream(), crc)) {
            in.transferTo(OutputStream.nullOutputStream());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Long.toHexString(crc.getValue());
  }

  private static String nameFrom(String folder, Resource file) {
    String description = file.getDescription();
    return description.substring(description.lastIndexOf("/" + folder));
  }
}
