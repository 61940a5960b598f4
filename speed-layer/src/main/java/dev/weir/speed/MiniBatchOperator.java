package dev.weir.speed;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * An operator that works on several elements at a time, where they come at once: what one looks up
 * in memory need not wait for what the one before looks up. On the per-event path.
 *
 * <p>An element is held back until the batch is full, or the task has nothing else to do before its
 * next input, or a barrier comes; never over a checkpoint. It must be an object of its own, not one
 * that is used again.
 *
 * @param <I> what comes in
 * @param <O> what is sent on
 */
public abstract class MiniBatchOperator<I, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<I, O> {
  private static final long serialVersionUID = 1L;

  /** The size for elements that come at once. */
  public static final int AT_ONCE = 64;

  /** The size for elements that come one by one: to hold one back would gain nothing. */
  public static final int ONE_BY_ONE = 1;

  private final Class<I> type;
  private final int size;

  private transient MailboxExecutor mailbox;
  private transient I[] held;
  private transient int count;

  /**
   * @param type of what comes in
   * @param size of a batch at most, {@link #AT_ONCE} or {@link #ONE_BY_ONE}
   */
  protected MiniBatchOperator(Class<I> type, int size) {
    this.type = type;
    this.size = size;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    super.setMailboxExecutor(executor);
    mailbox = executor;
  }

  /** Of a batch at most. */
  protected final int size() {
    return size;
  }

  @Override
  @SuppressWarnings("unchecked") // An array of that type.
  public void open() throws Exception {
    super.open();
    held = (I[]) Array.newInstance(type, size);
  }

  @Override
  public final void processElement(StreamRecord<I> element) throws Exception {
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
   * Works on elements.
   *
   * @param batch in the order in which they came; the array is not to be kept
   * @param number of them; what stands behind is of no meaning
   */
  protected abstract void process(I[] batch, int number) throws Exception;

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
