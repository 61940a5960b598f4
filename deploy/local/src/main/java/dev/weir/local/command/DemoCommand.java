package dev.weir.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weir demo}. */
@Command(name = "demo")
public final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 1;
  }
}
