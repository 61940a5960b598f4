package dev.weir.speed;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * An operator that works on several elements at a time: what one looks up in memory need not wait
 * for what the one before looks up. On the per-event path.
 *
 * <p>An element is held back until {@value #SIZE} have come, or for as long as {@link Hold} says,
 * or until a barrier comes; never over a checkpoint. It must be an object of its own, not one that
 * is used again.
 *
 * @param <I> what comes in
 * @param <O> what is sent on
 */
public abstract class MiniBatchOperator<I, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<I, O> {
  private static final long serialVersionUID = 1L;

  /** Elements of a batch at most. */
  public static final int SIZE = 64;

  private static final long HELD_MILLIS = 2;

  /** For how long an element may wait for others. */
  public enum Hold {
    /** Not at all: to hold back what comes one by one would gain nothing. */
    NOT,
    /**
     * Until the task looks at its mail, after an input or two: for what comes at once, of one look
     * at a source or out of another mini-batch.
     */
    WITHIN_INPUT,
    /** For two or three milliseconds: for what comes one by one, but fast, of an exchange. */
    MILLISECONDS
  }

  private final Class<I> type;
  private final Hold hold;

  private transient MailboxExecutor mailbox;
  private transient ProcessingTimeService time;
  private transient I[] held;
  private transient int count;
  private transient boolean timerIsSet;

  /**
   * @param type of what comes in
   */
  protected MiniBatchOperator(Class<I> type, Hold hold) {
    this.type = type;
    this.hold = hold;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    super.setMailboxExecutor(executor);
    mailbox = executor;
  }

  @Override
  @SuppressWarnings("unchecked") // An array of that type.
  public void open() throws Exception {
    super.open();
    time = getProcessingTimeService();
    held = (I[]) Array.newInstance(type, hold == Hold.NOT ? 1 : SIZE);
  }

  @Override
  public final void processElement(StreamRecord<I> element) throws Exception {
    if (count == 0) {
      endLater();
    }
    held[count++] = element.getValue();
    if (count == held.length) {
      release();
    }
  }

  private void endLater() {
    if (hold == Hold.WITHIN_INPUT) {
      mailbox.execute(this::release, "work on a mini-batch");
    } else if (hold == Hold.MILLISECONDS && !timerIsSet) {
      timerIsSet = true;
      RepeatedTimer.at(
          time.getCurrentProcessingTime() + HELD_MILLIS,
          time,
          firedMillis -> {
            timerIsSet = false;
            release();
          });
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
   * @param number of them, at most {@link #SIZE}; what stands behind is of no meaning
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
