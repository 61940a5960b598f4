package dev.weir.serving.security.key;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads until when a key is to be good: {@code 90d}, {@code 12h}, a date (UTC) or a time. */
public final class Expiry {
  /** How it is written, for messages. */
  public static final String FORMS =
      "a span such as 90d or 12h, a date such as 2030-01-31, or a time such as 2030-01-31T12:00:00Z, in the future and before the year 10000";

  /** Later moments have no agreed form, and the latest of them no place in the database. */
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([dh])");

  private Expiry() {}

  /**
   * The moment from which on the key is refused.
   *
   * @throws IllegalArgumentException if the text is none of the forms, or the moment in the past or
   *     too late
   */
  public static Instant parse(String text, Instant now) {
    Instant expiry;
    Matcher span = SPAN.matcher(text);
    if (span.matches()) {
      long count = Long.parseLong(span.group(1));
      expiry =
          now.plus("d".equals(span.group(2)) ? Duration.ofDays(count) : Duration.ofHours(count));
    } else {
      expiry = moment(text);
    }
    if (!expiry.isAfter(now) || !expiry.isBefore(TOO_LATE)) {
      throw new IllegalArgumentException("must be " + FORMS + " (it is " + text + ")");
    }
    return expiry;
  }

  private static Instant moment(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be " + FORMS + " (it is " + text + ")", e);
    }
  }
}
