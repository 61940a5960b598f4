package dev.weir.serving.http;

import dev.weir.serving.sql.ReplacedViewException;
import java.sql.SQLException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns failures into {@code application/problem+json} that says what to change or what to wait
 * for.
 */
@RestControllerAdvice
class ProblemAnswers extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
  private static final String QUERY_CANCELED = "57014";
  private static final String TOO_MANY_CONNECTIONS = "53300";

  @ExceptionHandler
  ProblemDetail badParameters(BadParametersException e) {
    ProblemDetail problem =
        problem(HttpStatus.BAD_REQUEST, "The query cannot be answered as it is", e.getMessage());
    problem.setProperty("errors", e.problems());
    return problem;
  }

  /** The server reads parameters only when an operation does. */
  @ExceptionHandler
  ProblemDetail unreadableParameters(InvalidParameterException e) {
    return problem(
        HttpStatus.BAD_REQUEST,
        "The request is not accepted",
        "The parameters cannot be read. A % of a value is written as %25.");
  }

  @ExceptionHandler
  ProblemDetail notDeclared(NotDeclaredException e) {
    return problem(HttpStatus.NOT_FOUND, "Not declared", e.getMessage());
  }

  @Override
  protected ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return ResponseEntity.status(status)
        .body(
            problem(
                HttpStatus.NOT_FOUND,
                "Not found",
                "Nothing is here; / is the dashboard, /openapi.json lists what can be asked."));
  }

  @Override
  protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
      HttpRequestMethodNotSupportedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String[] supported = e.getSupportedMethods();
    return ResponseEntity.status(status)
        .headers(headers)
        .body(
            problem(
                HttpStatus.METHOD_NOT_ALLOWED,
                "Not with this method",
                supported == null
                    ? "This cannot be asked with that method; /openapi.json tells with which."
                    : "This can be asked with "
                        + String.join(" or ", supported)
                        + "; /openapi.json tells what it answers."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> busy(BusyException e) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .body(problem(HttpStatus.SERVICE_UNAVAILABLE, "Busy", e.getMessage()));
  }

  /** Nothing can be answered any more: the server closes the connection. */
  @ExceptionHandler
  void cutOff(CutOffException e) {
    LOG.warn("An answer was cut off: {}", e.getMessage(), e.getCause());
    throw e;
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<ProblemDetail> database(NestedRuntimeException e) {
    if (e instanceof ReplacedViewException) {
      return busy(new BusyException(e.getMessage()));
    }
    String state =
        e.getMostSpecificCause() instanceof SQLException cause ? cause.getSQLState() : null;
    if (QUERY_CANCELED.equals(state)) {
      return answer(
          problem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "The query took too long",
              "It was ended after 15 seconds; ask for a shorter range, a coarser granularity or fewer dimensions."));
    }
    if (TOO_MANY_CONNECTIONS.equals(state)) {
      LOG.warn("A question was sent away: {}", e.getMostSpecificCause().getMessage());
      return busy(
          new BusyException(
              "The database answers, but as many questions as may be are being asked already; try again in a moment."));
    }
    // A statement that can never succeed is no outage: waiting would not help.
    return answer(
        e instanceof NonTransientDataAccessException
                && !(e instanceof NonTransientDataAccessResourceException)
            ? defect(e)
            : unreachable(e));
  }

  @ExceptionHandler
  ProblemDetail defect(Exception e) {
    LOG.error("A request failed", e);
    return problem(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "The request failed",
        "This is a defect; the log has the details.");
  }

  private static ProblemDetail unreachable(Exception e) {
    LOG.error("A question to the database failed", e);
    return problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "The database does not answer",
        "Try again in a moment; /health says when it is back, the log says why.");
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }

  private static ProblemDetail problem(HttpStatus status, String title, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title);
    return problem;
  }
}
