package dev.weir.faults.proxy;

/** Lets bytes through while it is open; whoever comes while it is shut waits. */
final class Valve {
  private boolean open = true;

  synchronized void shut() {
    open = false;
  }

  synchronized void open() {
    open = true;
    notifyAll();
  }

  synchronized void pass() throws InterruptedException {
    while (!open) {
      wait();
    }
  }
}
