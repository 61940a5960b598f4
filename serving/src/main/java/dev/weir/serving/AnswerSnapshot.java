package dev.weir.serving;

import dev.weir.serving.sql.ReplacedViewException;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One snapshot for an answer that is made of several statements.
 *
 * <p>A session keeps statements that are asked often, and PostgreSQL refuses one whose columns have
 * other types since it was kept: a view may have been replaced by that of another definition. The
 * answer is then read once more, by a new session.
 */
final class AnswerSnapshot extends TransactionTemplate {
  private static final long serialVersionUID = 1L;

  private final transient ReadingConnections connections;

  AnswerSnapshot(ReadingConnections connections) {
    super(new DataSourceTransactionManager(connections));
    this.connections = connections;
    setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    setReadOnly(true);
  }

  @Override
  public <T> T execute(TransactionCallback<T> action) {
    // Within another's transaction, which is of no use any more then, that one is to be read again.
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return super.execute(action);
    }
    try {
      return super.execute(action);
    } catch (DataAccessException e) {
      renewWhereOutdated(e);
      return super.execute(action);
    }
  }

  /**
   * What passes rows on is not repeated: whoever takes them may have some.
   *
   * @throws ReplacedViewException where {@link #execute} would read once more
   */
  @Override
  public void executeWithoutResult(Consumer<TransactionStatus> action) {
    try {
      super.execute(
          status -> {
            action.accept(status);
            return null;
          });
    } catch (DataAccessException e) {
      renewWhereOutdated(e);
      throw new ReplacedViewException(e);
    }
  }

  /** Renews all sessions where a kept statement was refused; whatever else it was is thrown on. */
  private void renewWhereOutdated(DataAccessException e) {
    if (!(NestedExceptionUtils.getRootCause(e) instanceof SQLException cause)
        || !ReadingConnections.isOutdated(cause)) {
      throw e;
    }
    connections.renew();
  }
}
