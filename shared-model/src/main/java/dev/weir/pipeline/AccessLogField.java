package dev.weir.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The fields of an Apache combined log line, in the order in which they stand. */
public enum AccessLogField {
  /** Address or name of the client. */
  CLIENT,
  IDENT,
  USER,
  /** The bracketed time, without the brackets. */
  TIME,
  METHOD,
  /** The request's target, query included. */
  PATH,
  PROTOCOL,
  STATUS,
  /** Size of the response; {@code -} is 0. */
  BYTES,
  REFERRER,
  USER_AGENT;

  /** As a path in {@code pipeline.yaml}: {@code user_agent}. */
  public String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All paths, in line order. */
  public static List<String> paths() {
    return Arrays.stream(values()).map(AccessLogField::path).toList();
  }
}
