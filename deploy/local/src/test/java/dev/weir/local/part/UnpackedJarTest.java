package dev.weir.local.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedJarTest {
  @TempDir Path folder;

  @Test
  void classesComeFirstAndLibrariesInTheJarsOrder() throws IOException {
    Path jar =
        jar("BOOT-INF/classes/a/B.class", "BOOT-INF/lib/z.jar", "BOOT-INF/lib/a.jar", "other/C");
    Path into = folder.resolve("into");
    assertThat(UnpackedJar.classPath(jar, into).split(File.pathSeparator, -1))
        .containsExactly(
            into.resolve("classes").toString(),
            into.resolve("lib/z.jar").toString(),
            into.resolve("lib/a.jar").toString());
    assertThat(into.resolve("classes/a/B.class")).hasContent("BOOT-INF/classes/a/B.class");
    assertThat(into.resolve("lib/a.jar")).hasContent("BOOT-INF/lib/a.jar");
    try (var entries = Files.list(into)) {
      assertThat(entries.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("classes", "lib");
    }
  }

  @Test
  void whatAnEarlierReleaseHadIsGone() throws IOException {
    Path into = folder.resolve("into");
    UnpackedJar.classPath(jar("BOOT-INF/lib/a-1.jar", "BOOT-INF/classes/Gone.class"), into);
    String classPath = UnpackedJar.classPath(jar("BOOT-INF/lib/a-2.jar"), into);
    assertThat(classPath).endsWith("a-2.jar").doesNotContain("a-1.jar");
    assertThat(into.resolve("lib/a-1.jar")).doesNotExist();
    assertThat(into.resolve("classes/Gone.class")).doesNotExist();
  }

  @Test
  void otherJarsAreRefused() throws IOException {
    Path jar = jar("a/B.class");
    assertThatThrownBy(() -> UnpackedJar.classPath(jar, folder.resolve("into")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no BOOT-INF/lib/");
    Path outside = jar("BOOT-INF/lib/../../../x.jar");
    assertThatThrownBy(() -> UnpackedJar.classPath(outside, folder.resolve("into")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads out of");
  }

  /** A jar whose files hold their names. */
  private Path jar(String... names) throws IOException {
    Path jar = Files.createTempFile(folder, "app", ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
