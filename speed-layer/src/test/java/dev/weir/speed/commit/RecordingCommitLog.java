package dev.weir.speed.commit;

import dev.weir.speed.commit.CommitRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A commit log in memory that notes what was asked of it, in order. Accepts everything unless told
 * otherwise.
 */
final class RecordingCommitLog implements CommitLog {
  private static final ConcurrentMap<UUID, RecordingCommitLog> LOGS = new ConcurrentHashMap<>();

  final UUID id = UUID.randomUUID();
  final List<String> calls = new ArrayList<>();
  final List<Committable> committed = new ArrayList<>();
  Claim claimed;
  Reason refusal;
  private long attempts;

  RecordingCommitLog() {
    LOGS.put(id, this);
  }

  /** Opens this log wherever the operator is made. */
  CommitLog.Factory factory() {
    return new Factory(id);
  }

  @Override
  public void commit(Committable committable) throws CommitRefusedException {
    calls.add("commit " + committable.checkpoint());
    accept(committable);
  }

  @Override
  public void recommit(Committable committable) throws CommitRefusedException {
    calls.add("recommit " + committable.checkpoint());
    accept(committable);
  }

  private void accept(Committable committable) throws CommitRefusedException {
    refuse();
    if (committed.stream().noneMatch(c -> c.uuid().equals(committable.uuid()))) {
      UUID head =
          committed.isEmpty() ? Committable.NONE : committed.get(committed.size() - 1).uuid();
      if (!committable.parent().equals(head)) {
        throw new CommitRefusedException(Reason.WRONG_PARENT, "not on top of the head");
      }
      committed.add(committable);
    }
  }

  @Override
  public long claim(Claim claim) throws CommitRefusedException {
    refuse();
    calls.add("claim");
    claimed = claim;
    return ++attempts;
  }

  @Override
  public void seen() throws CommitRefusedException {
    refuse();
    calls.add("seen");
  }

  @Override
  public void register(UUID writer) {
    calls.add("register " + writer);
  }

  @Override
  public void release() {
    calls.add("release");
  }

  @Override
  public void close() {
    calls.add("close");
  }

  @Override
  public void abort() {
    calls.add("abort");
  }

  private void refuse() throws CommitRefusedException {
    if (refusal != null) {
      throw new CommitRefusedException(refusal, "refused for the test");
    }
  }

  private record Factory(UUID id) implements CommitLog.Factory {
    private static final long serialVersionUID = 1L;

    @Override
    public CommitLog open(String jobId) {
      return LOGS.get(id);
    }
  }
}
