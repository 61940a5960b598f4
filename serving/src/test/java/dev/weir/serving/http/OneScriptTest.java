package dev.weir.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.FileSystemResource;

/** That browsers understand the dashboard's script is shown by all tests of the dashboard. */
class OneScriptTest {
  @TempDir Path folder;

  @Test
  void putsEachModuleOnceBeforeThoseThatImportIt() throws IOException {
    write("part/words.js", "const secret = 1;\nexport const word = 'a';\n");
    write(
        "part/say.js",
        "import { word } from './words.js';\nexport class Say {}\nexport async function say() {}\n");
    write(
        "main.js",
        "import { say, Say } from './part/say.js';\nimport { word } from './part/words.js';\nsay(word);\n");

    assertThat(script())
        .isEqualTo(
            """
            // words.js
            const module0 = (() => {
            const secret = 1;
            const word = 'a';
            return { word };
            })();
            // say.js
            const module1 = (() => {
            const { word } = module0;
            class Say {}
            async function say() {}
            return { Say, say };
            })();
            const { say, Say } = module1;
            const { word } = module0;
            say(word);
            """);
  }

  @Test
  void leavesAScriptWithoutModulesAsItIs() throws IOException {
    write("main.js", "document.title = 'import';\n");

    assertThat(script()).isEqualTo("document.title = 'import';\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export default 1;",
        "export let changing = 1;",
        "export { word };",
        "export const { a } = {};",
        "export * from './main.js';",
        "import words from './main.js';",
        "import * as words from './main.js';",
        "import { a as b } from './main.js';",
        "import { a } from './main.js'",
        "import './main.js';",
        "const later = () => import('./main.js');",
        "const here = import.meta.url;"
      })
  void refusesWhatItDoesNotPutTogether(String line) throws IOException {
    write("part.js", line + "\n");
    write("main.js", "import { a } from './part.js';\n");

    assertThatThrownBy(this::script)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("part.js cannot be part of one script: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"const b = 1;", "export const a = 1, b = 2;", "export class B {}"})
  void refusesANameThatIsNotExported(String line) throws IOException {
    write("part.js", line + "\n");
    write("main.js", "import { b } from './part.js';\n");

    assertThatThrownBy(this::script)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("main.js imports b, which ./part.js does not export");
  }

  @Test
  void refusesACircle() throws IOException {
    write("a.js", "import { b } from './b.js';\nexport const a = 1;\n");
    write("b.js", "import { a } from './a.js';\nexport const b = 1;\n");
    write("main.js", "import { a } from './a.js';\n");

    assertThatThrownBy(this::script)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("modules import each other")
        .hasMessageContaining("a.js")
        .hasMessageContaining("b.js");
  }

  private String script() throws IOException {
    return OneScript.of(new FileSystemResource(folder.resolve("main.js")));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
