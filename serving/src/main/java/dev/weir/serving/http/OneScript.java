package dev.weir.serving.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;

/**
 * A script and the modules that it imports as one module, so that a browser asks once and not for
 * each: every module becomes a function that is called once and returns what the module exports.
 *
 * <p>That is enough for modules that import names, one line each, and export declarations that do
 * not change. Other ways to import and export are refused, and names that no module has.
 */
final class OneScript {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{ (\\w+(?:, \\w+)*) \\} from '(\\.[^']+)';$");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export ((?:async )?(?:function\\*?|class|const) (\\w+))");
  private static final Pattern ANYTHING_ELSE =
      Pattern.compile("(?m)^(?:import|export)\\b.*|\\bimport(?:\\(|\\.meta).*");

  private final Map<String, Module> modules = new HashMap<>();
  private final Set<String> open = new LinkedHashSet<>();
  private final StringBuilder script = new StringBuilder();

  private OneScript() {}

  /**
   * Puts the modules of a script together.
   *
   * @throws IllegalStateException if modules import each other in a circle, or do what is refused
   */
  static String of(Resource script) throws IOException {
    OneScript one = new OneScript();
    String last = one.afterImports(script);
    return one.script.append(last).toString();
  }

  /** Appends a module, unless it is there already. */
  private Module add(Resource source) throws IOException {
    String address = source.getURI().toString();
    if (modules.containsKey(address)) {
      return modules.get(address);
    }
    if (!open.add(address)) {
      throw new IllegalStateException("modules import each other: " + open);
    }
    String text = afterImports(source);
    open.remove(address);
    Module module =
        new Module(
            "module" + modules.size(),
            EXPORT.matcher(text).results().map(export -> export.group(2)).toList());
    modules.put(address, module);
    script
        .append("// %s\nconst %s = (() => {\n".formatted(source.getFilename(), module.name))
        .append(EXPORT.matcher(text).replaceAll("$1"))
        .append("return { %s };\n})();\n".formatted(String.join(", ", module.exported)));
    return module;
  }

  /** Appends what a module imports; returns its text, which takes that from there. */
  private String afterImports(Resource source) throws IOException {
    StringBuilder text = new StringBuilder();
    Matcher imports = IMPORT.matcher(source.getContentAsString(StandardCharsets.UTF_8));
    while (imports.find()) {
      Module from = add(source.createRelative(imports.group(2)));
      String names = imports.group(1);
      for (String name : names.split(", ", -1)) {
        if (!from.exported.contains(name)) {
          throw new IllegalStateException(
              "%s imports %s, which %s does not export"
                  .formatted(source.getFilename(), name, imports.group(2)));
        }
      }
      imports.appendReplacement(text, "const { %s } = %s;".formatted(names, from.name));
    }
    imports.appendTail(text);
    Matcher refused = ANYTHING_ELSE.matcher(EXPORT.matcher(text).replaceAll("$1"));
    if (refused.find()) {
      throw new IllegalStateException(
          source.getFilename() + " cannot be part of one script: " + refused.group());
    }
    return text.toString();
  }

  /**
   * A module of the script.
   *
   * @param name the constant that holds what it exports
   */
  private record Module(String name, List<String> exported) {}
}
