package dev.weir.benchmark.peer.flink;

/** A row of the archive; its columns are found by reflection. A Flink POJO. */
public class ArchivedEvent {
  public String eventId;
  public long millis;
  public String source;
  public String type;
  public String segment;
  public String route;
  public String user;
  public double value;

  static ArchivedEvent of(ShopEvent event) {
    ArchivedEvent row = new ArchivedEvent();
    row.eventId = event.eventId;
    row.millis = event.millis;
    row.source = event.source;
    row.type = event.type;
    row.segment = event.segment;
    row.route = event.route;
    row.user = event.user;
    row.value = event.value;
    return row;
  }
}
