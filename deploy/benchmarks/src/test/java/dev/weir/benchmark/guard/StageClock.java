package dev.weir.benchmark.guard;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What the current thread uses: its CPU time, so that nothing else on the machine is counted, nor
 * the collector's and the compiler's threads.
 */
final class StageClock {
  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** CPU time and memory allocated, in all. */
  record Used(long nanos, long bytes) {
    Used plus(Used other) {
      return new Used(nanos + other.nanos, bytes + other.bytes);
    }
  }

  /** Something that is measured, too. */
  interface Work {
    void run() throws Exception;
  }

  /** Measures any work. */
  Used time(Work work) throws Exception {
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long nanos = thread.getCurrentThreadCpuTime();
    work.run();
    return new Used(
        thread.getCurrentThreadCpuTime() - nanos, thread.getCurrentThreadAllocatedBytes() - bytes);
  }

  /** Measures an operator that takes elements, as a chain gives them: in one reused record. */
  <T> Used time(OneInputStreamOperator<T, ?> operator, List<T> elements, Work atEnd)
      throws Exception {
    StreamRecord<T> record = new StreamRecord<>(null);
    return time(
        () -> {
          for (T element : elements) {
            operator.processElement(record.replace(element));
          }
          atEnd.run();
        });
  }
}
