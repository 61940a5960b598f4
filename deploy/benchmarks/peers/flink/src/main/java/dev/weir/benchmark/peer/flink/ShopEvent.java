package dev.weir.benchmark.peer.flink;

import com.fasterxml.jackson.annotation.JsonProperty;

/** An event as Jackson reads it; a Flink POJO. */
public class ShopEvent {
  @JsonProperty("event_id")
  public String eventId;

  public String timestamp;
  public String source;

  @JsonProperty("event_type")
  public String type;

  @JsonProperty("user_segment")
  public String segment;

  public String route;

  @JsonProperty("user_id")
  public String user;

  public double value;

  /** The timestamp, epoch milliseconds; not in the message. */
  public long millis;
}
