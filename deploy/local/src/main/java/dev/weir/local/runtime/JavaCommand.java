package dev.weir.local.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM, with the JDK that this process runs on. */
public final class JavaCommand {
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.text",
          "java.base/java.time",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.util.concurrent.locks",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar",
          "java.security.jgss/sun.security.krb5");

  /** Environment variable with more options of every JVM, separated by spaces. */
  private static final String MORE_OPTIONS = "WEIR_JAVA_OPTIONS";

  private final List<String> words = new ArrayList<>();

  /**
   * @param data marked on the command line, so that a process without a record is found
   * @param heapMegabytes maximum heap
   */
  public JavaCommand(DataDirectory data, int heapMegabytes) {
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + heapMegabytes + "m");
    words.add(StrayProcesses.mark(data));
    // What a JVM that is killed leaves there goes with the next end of everything.
    words.add("-Djava.io.tmpdir=" + data.folder(DataDirectory.TEMPORARY));
    words.add("-Djava.net.preferIPv4Stack=true");
    words.add("-Duser.timezone=UTC");
    words.add("-Dfile.encoding=UTF-8");
    words.addAll(moreOptions(System.getenv().getOrDefault(MORE_OPTIONS, "")));
  }

  private static List<String> moreOptions(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
  }

  /** Opens the packages of the JDK that Flink and Spark reach into. */
  public JavaCommand opened() {
    OPENED.forEach(p -> words.add("--add-opens=" + p + "=ALL-UNNAMED"));
    return this;
  }

  /**
   * The second compiler's thresholds, sixteen times the usual ones. What is done for each record or
   * row of many reaches them soon; what is only warm does not keep it from the cores meanwhile.
   */
  public JavaCommand compilingLate() {
    return options(
        List.of(
            "-XX:Tier4InvocationThreshold=80000",
            "-XX:Tier4MinInvocationThreshold=9600",
            "-XX:Tier4CompileThreshold=240000",
            "-XX:Tier4BackEdgeThreshold=640000"));
  }

  public JavaCommand option(String option) {
    words.add(option);
    return this;
  }

  public JavaCommand options(List<String> options) {
    words.addAll(options);
    return this;
  }

  public JavaCommand lib(Path folder) {
    words.add("-cp");
    words.add(folder.resolve("*").toString());
    return this;
  }

  public JavaCommand run(String... mainAndArguments) {
    words.addAll(List.of(mainAndArguments));
    return this;
  }

  public List<String> words() {
    return List.copyOf(words);
  }
}
