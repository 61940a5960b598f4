package dev.weir.serving.cube;

import dev.weir.serving.cache.AnswerStore;
import dev.weir.serving.cube.CubeQuery.Fill;
import dev.weir.serving.cube.CubeQuery.Order;
import dev.weir.serving.sql.SqlTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Answers questions by minute event hour by event hour. What was answered of an hour is kept for as
 * long as it holds, so that of a range that ends now only those hours are read again to which
 * something was added.
 *
 * <p>An hour's rows are kept under their question, the coverage and the newest commit that has rows
 * of the hour; while it has live rows they are not kept.
 */
@Component
class HourlyAnswers {
  private static final String HOURS = SqlTemplate.text("db/query/cube_hours.sql");

  /** Farther away PostgreSQL counts past rows sooner than they are read. */
  private static final int FARTHEST_ROW = 40_000;

  /** An hour with more is a small part of no page. */
  private static final int MOST_OF_AN_HOUR = 20_000;

  /** About what is read at once: sorted in memory, whatever the sketches. */
  private static final int AT_ONCE = 12_000;

  private static final int MOST_AT_ONCE = 50_000;

  /** Hours that are asked for at once, whether they are kept. */
  private static final int LOOKED_UP = 16;

  /** Of rows to those expected, so that a few that were not found do not have all read at once. */
  private static final double LOWEST_DENSITY = 0.001;

  private final JdbcClient database;
  private final CubeReader reader;
  private final ExactnessReader exactness;
  private final CubeJson json;
  private final AnswerStore store;

  HourlyAnswers(
      JdbcClient database,
      CubeReader reader,
      ExactnessReader exactness,
      CubeJson json,
      AnswerStore store) {
    this.database = database;
    this.reader = reader;
    this.exactness = exactness;
    this.json = json;
    this.store = store;
  }

  /** Whether the rows of an hour do not depend on those of others. */
  static boolean answers(CubeQuery query) {
    return query.granularity() == Granularity.MINUTE
        && query.top() == null
        && query.fill() == Fill.NONE
        && query.comparison() == null
        && query.limit() != null
        && query.offset() + query.limit() <= FARTHEST_ROW
        && (query.order().isEmpty() || query.order().get(0).by().equals(Order.BUCKET));
  }

  /**
   * Answers such a question, as compressed JSON; empty where its hours have too many rows for that.
   *
   * @param state what is served of its cube, of the snapshot that this is called in
   */
  Optional<byte[]> answer(CubeQuery query, ServedState state) {
    if (!state.shape().definitionHash().equals(query.shape().definitionHash())) {
      return Optional.empty();
    }
    List<Hour> hours = hours(query);
    if (hours.stream().anyMatch(hour -> hour.about() > MOST_OF_AN_HOUR)) {
      return Optional.empty();
    }
    return new Answering(query, state, hours).answer();
  }

  /**
   * An event hour of the range.
   *
   * @param commit the newest one that has rows of it; 0: none
   * @param about roughly how many rows it has, of all series
   */
  private record Hour(Instant start, long commit, long about) {
    Instant end() {
      return start.plus(1, ChronoUnit.HOURS);
    }

    /** The minute of a time, 0 where it is before the hour, and 60 where it is after it. */
    int minute(Instant time) {
      long minutes = Duration.between(start, time).toMinutes();
      return (int) Math.max(0, Math.min(HourRows.MINUTES, minutes));
    }
  }

  /** In the order of the answer. */
  private List<Hour> hours(CubeQuery query) {
    Stream<Instant> starts =
        Stream.iterate(
            query.from().truncatedTo(ChronoUnit.HOURS),
            hour -> hour.isBefore(query.to()),
            hour -> hour.plus(1, ChronoUnit.HOURS));
    List<Hour> hours =
        new ArrayList<>(
            database
                .sql(HOURS)
                .param("hours", CubeSource.texts(starts))
                .param("cube", query.shape().cube())
                .param("definition", query.shape().definitionHash())
                .query(
                    (row, number) ->
                        new Hour(
                            row.getTimestamp("event_hour").toInstant(),
                            row.getLong("commit"),
                            row.getLong("about")))
                .list());
    if (descending(query)) {
      Collections.reverse(hours);
    }
    return hours;
  }

  private static boolean descending(CubeQuery query) {
    return !query.order().isEmpty() && query.order().get(0).descending();
  }

  /** One question on its way to its answer. */
  private final class Answering {
    private final CubeQuery query;
    private final ServedState state;
    private final List<Hour> hours;
    private final HourlyPage page;
    private final List<Hour> missing = new ArrayList<>();
    private final Map<String, byte[]> kept = new HashMap<>();
    private int looked;
    private double density = 1;

    Answering(CubeQuery query, ServedState state, List<Hour> hours) {
      this.query = query;
      this.state = state;
      this.hours = hours;
      this.page = new HourlyPage(descending(query), query.offset(), query.limit());
    }

    Optional<byte[]> answer() {
      while (looked < hours.size() && !page.more()) {
        Hour hour = hours.get(looked);
        Optional<HourRows> rows = kept(looked++);
        if (rows.isEmpty()) {
          missing.add(hour);
        }
        boolean last = looked == hours.size();
        if ((rows.isPresent() || last || enough()) && !missing.isEmpty() && !readMissing()) {
          return Optional.empty();
        }
        rows.ifPresent(its -> add(hour, its));
      }
      AnswerHead head = exactness.head(query, status());
      Integer next = page.more() ? query.offset() + query.limit() : null;
      CubeAnswer rest =
          new CubeAnswer(head, List.of(), query.totals() ? reader.total(query) : null, next);
      return Optional.of(json.joined(query, rest, page.rows()));
    }

    private void add(Hour hour, HourRows rows) {
      page.add(rows, hour.minute(query.from()), hour.minute(query.to()));
    }

    private Optional<HourRows> kept(int place) {
      if (place % LOOKED_UP == 0) {
        List<Hour> some = hours.subList(place, Math.min(place + LOOKED_UP, hours.size()));
        kept.putAll(store.get(some.stream().map(this::key).toList()));
      }
      Hour hour = hours.get(place);
      return isLive(hour)
          ? Optional.empty()
          : Optional.ofNullable(kept.remove(key(hour))).map(HourRows::of);
    }

    private String key(Hour hour) {
      String question = query.between(hour.start(), hour.end()).allRows().text();
      return CurrentAnswers.key(question, state.coverage() + " hour " + hour.commit());
    }

    private boolean isLive(Hour hour) {
      return state.isLive(hour.start(), hour.end());
    }

    private boolean enough() {
      return about(missing) * density >= Math.min(AT_ONCE, page.needed());
    }

    private long about(List<Hour> some) {
      boolean one = query.shape().dimensions().isEmpty();
      return some.stream()
          .mapToLong(hour -> one ? Math.min(HourRows.MINUTES, hour.about()) : hour.about())
          .sum();
    }

    /** Reads consecutive hours at once; whether that were not too many rows. */
    private boolean readMissing() {
      Hour first = descending(query) ? missing.get(missing.size() - 1) : missing.get(0);
      Hour last = descending(query) ? missing.get(0) : missing.get(missing.size() - 1);
      Map<Instant, HourRows> read = new HashMap<>();
      HourRowsWriter[] writing = {null};
      // Of what cannot be kept nothing is read that is not asked for.
      Instant from = isLive(first) ? later(first.start(), query.from()) : first.start();
      Instant to = isLive(last) ? earlier(last.end(), query.to()) : last.end();
      int rows =
          reader.each(
              query.between(from, to).allRows(),
              MOST_AT_ONCE,
              row -> {
                Instant hour = row.bucket().truncatedTo(ChronoUnit.HOURS);
                if (writing[0] == null || !writing[0].hour().equals(hour)) {
                  finish(writing[0], read);
                  writing[0] = new HourRowsWriter(hour, query, json);
                }
                writing[0].add(row);
              });
      if (rows == MOST_AT_ONCE) {
        return false;
      }
      finish(writing[0], read);
      density = Math.max(LOWEST_DENSITY, rows / (double) Math.max(1, about(missing)));
      for (Hour hour : missing) {
        HourRows its = read.getOrDefault(hour.start(), HourRows.EMPTY);
        if (!isLive(hour)) {
          store.put(key(hour), its.bytes());
        }
        add(hour, its);
      }
      missing.clear();
      return true;
    }

    private static void finish(HourRowsWriter writing, Map<Instant, HourRows> read) {
      if (writing != null) {
        read.put(writing.hour(), writing.rows());
      }
    }

    /** Of the whole range: of hours that were not looked at, too. */
    private String status() {
      int finality = page.finality();
      if (looked < hours.size() && finality < RowReader.LIVE) {
        Hour next = hours.get(looked);
        CubeQuery rest =
            descending(query)
                ? query.between(query.from(), next.end())
                : query.between(next.start(), query.to());
        finality =
            query.filters().isEmpty() && state.isLive(rest)
                ? RowReader.LIVE
                : Math.max(finality, RowReader.finality(exactness.status(rest)));
      }
      return finality == HourRows.NONE ? null : RowReader.status(finality);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
