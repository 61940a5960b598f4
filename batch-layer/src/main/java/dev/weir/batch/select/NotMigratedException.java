package dev.weir.batch.select;

/** The database does not know the pipeline's declaration yet. */
public final class NotMigratedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param finding what is missing
   */
  public NotMigratedException(String finding) {
    super(
        finding
            + ": the database was not migrated to this declaration; run"
            + " 'java -jar weir-serving.jar migrate --pipeline FILE' first");
  }
}
