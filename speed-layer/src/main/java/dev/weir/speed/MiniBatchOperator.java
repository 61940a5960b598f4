package dev.weir.speed;

import dev.weir.event.Event;
import java.util.Arrays;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * An operator that works on several events at a time, where they come at once: what one looks up in
 * memory need not wait for what the one before looks up. On the per-event path.
 *
 * <p>An event is held back until the batch is full, or the task has nothing else to do before its
 * next input, or a barrier comes; never over a checkpoint.
 *
 * @param <T> what is sent on
 */
public abstract class MiniBatchOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<Event, T> {
  private static final long serialVersionUID = 1L;

  /** The size for events that come at once. */
  public static final int AT_ONCE = 64;

  /** The size for events that come one by one: to hold one back would gain nothing. */
  public static final int ONE_BY_ONE = 1;

  private final int size;

  private transient MailboxExecutor mailbox;
  private transient Event[] held;
  private transient int count;

  /**
   * @param size of a batch at most, {@link #AT_ONCE} or {@link #ONE_BY_ONE}
   */
  protected MiniBatchOperator(int size) {
    this.size = size;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    super.setMailboxExecutor(executor);
    mailbox = executor;
  }

  @Override
  public void open() throws Exception {
    super.open();
    held = new Event[size];
  }

  @Override
  public final void processElement(StreamRecord<Event> element) throws Exception {
    if (count == 0 && size > 1) {
      // Looked at before the next input, so after all that comes at once.
      mailbox.execute(this::release, "work on a mini-batch");
    }
    held[count++] = element.getValue();
    if (count == size) {
      release();
    }
  }

  private void release() throws Exception {
    int released = count;
    count = 0;
    if (released > 0) {
      process(held, released);
      Arrays.fill(held, 0, released, null);
    }
  }

  /**
   * Works on events.
   *
   * @param events in the order in which they came; not to be kept
   * @param number of them; what stands behind is of no meaning
   */
  protected abstract void process(Event[] events, int number) throws Exception;

  /** Sends on what belongs to the epoch: a barrier, or the end of the input, comes next. */
  protected abstract void endEpoch() throws Exception;

  @Override
  public final void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    release();
    endEpoch();
  }

  @Override
  public final void finish() throws Exception {
    release();
    endEpoch();
    super.finish();
  }
}
