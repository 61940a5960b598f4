package dev.weir.benchmark.meter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Reads what a process has used from Linux's {@code /proc} (proc(5)). A process that is gone has
 * used nothing.
 */
public final class ProcessUsage {
  /** USER_HZ, the unit of proc(5)'s times: 100 on every architecture that Java 17 runs on. */
  private static final double TICKS_PER_SECOND = 100;

  // Fields of /proc/PID/stat, counted from the one after the command's closing parenthesis.
  private static final int USER_TICKS = 11;
  private static final int CHILD_TICKS = 13;

  /** Of /proc/stat: user, nice, system, irq, softirq. */
  private static final int[] MACHINE_BUSY = {1, 2, 3, 6, 7};

  private ProcessUsage() {}

  /** CPU seconds of the process itself, all threads, user and system. */
  public static double cpuSeconds(long pid) {
    return ticks(pid, USER_TICKS) / TICKS_PER_SECOND;
  }

  /** CPU seconds of a process and its children, those included that ended and were collected. */
  public static double cpuSecondsWithChildren(long pid) {
    double seconds = cpuSeconds(pid) + ticks(pid, CHILD_TICKS) / TICKS_PER_SECOND;
    return seconds + children(pid).mapToDouble(ProcessUsage::cpuSeconds).sum();
  }

  /** The most physical memory the process ever held at once (VmHWM), in MiB. */
  public static long peakMemoryMebibytes(long pid) {
    return memoryKibibytes(pid, "VmHWM:") / 1024;
  }

  /**
   * Physical memory of a process and its children that is neither a file's nor shared (RssAnon), in
   * MiB.
   */
  public static long anonymousMebibytesWithChildren(long pid) {
    return LongStream.concat(LongStream.of(pid), children(pid))
            .map(process -> memoryKibibytes(process, "RssAnon:"))
            .sum()
        / 1024;
  }

  private static long memoryKibibytes(long pid, String field) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static LongStream children(long pid) {
    return Arrays.stream(read(pid, "task/" + pid + "/children").split(" ", -1))
        .filter(child -> !child.isBlank())
        .mapToLong(child -> Long.parseLong(child.strip()));
  }

  /** CPU seconds that all processes of the machine have used, since it started. */
  public static double machineCpuSeconds() {
    String all = read(Path.of("/proc/stat")).lines().findFirst().orElse("").strip();
    if (all.isEmpty()) {
      return 0;
    }
    String[] fields = all.split(" +", -1);
    double ticks = 0;
    for (int field : MACHINE_BUSY) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static long ticks(long pid, int field) {
    String stat = read(pid, "stat");
    int command = stat.lastIndexOf(')');
    if (command < 0) {
      return 0;
    }
    String[] fields = stat.substring(command + 2).split(" ", -1);
    return Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1]);
  }

  private static String read(long pid, String file) {
    return read(Path.of("/proc", Long.toString(pid), file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
