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
 * <p>An hour's rows are kept under their question, the coverage, what is published of the hour and
 * the newest commit that has rows of it; while it has live rows they are not kept.
 */
@Component
class HourlyAnswers {
  private static final String HOURS = SqlTemplate.text("db/query/cube_hours.sql");

  /**
   * Rows farther away are left to PostgreSQL, which counts past others sooner than it sends them.
   */
  private static final int FARTHEST_ROW = 40_000;

  /** Where an hour has more rows the range is read at once: a page needs few of them. */
  private static final int MOST_OF_AN_HOUR = 20_000;

  /** About so many rows are read at once, and an hour's more: enough for any page. */
  private static final int AT_ONCE = 21_000;

  /** More than that are not what was expected, and too many to hold. */
  private static final int MOST_AT_ONCE = 50_000;

  /** After so many statements the rest of the range is read at once, whatever is kept of it. */
  private static final int MOST_READS = 4;

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

  /** Whether an hour's rows do not depend on those of others, and the page is not too far away. */
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
    List<Hour> hours = hours(query, state);
    if (hours.stream().anyMatch(hour -> hour.about() > MOST_OF_AN_HOUR)) {
      return Optional.empty();
    }
    return new Answering(query, state, hours).answer();
  }

  /**
   * An event hour of the range.
   *
   * @param state what its rows depend on while the coverage is not changed; empty: there are none
   * @param live whether it has live rows
   * @param about roughly how many rows of the question's dimensions it has, or more
   */
  private record Hour(Instant start, String state, boolean live, long about) {
    boolean canBeKept() {
      return !live && !state.isEmpty();
    }

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
  private List<Hour> hours(CubeQuery query, ServedState state) {
    boolean alone = query.shape().dimensions().isEmpty();
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
                    (row, number) -> {
                      Instant start = row.getTimestamp("event_hour").toInstant();
                      long about = row.getLong("about");
                      return new Hour(
                          start,
                          row.getString("state"),
                          state.isLive(start, start.plus(1, ChronoUnit.HOURS)),
                          alone ? Math.min(HourRows.MINUTES, about) : about);
                    })
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
    private int lookedUp;
    private int looked;
    private int reads;
    private double density = 1;
    private boolean tooMany;

    Answering(CubeQuery query, ServedState state, List<Hour> hours) {
      this.query = query;
      this.state = state;
      this.hours = hours;
      this.page = new HourlyPage(descending(query), query.offset(), query.limit());
    }

    Optional<byte[]> answer() {
      Exactness found = exactness.of(query);
      while (looked < hours.size() && !page.more() && !tooMany) {
        Hour hour = hours.get(looked);
        Optional<HourRows> rows = kept(looked);
        if (rows.isPresent() || endsRun(hour)) {
          readMissing();
          if (page.more() || tooMany) {
            break;
          }
        }
        looked++;
        rows.ifPresent(its -> add(hour, its));
        if (rows.isEmpty()) {
          missing.add(hour);
          if (looked == hours.size() || enough()) {
            readMissing();
          }
        }
      }
      if (tooMany) {
        return Optional.empty();
      }
      AnswerHead head = exactness.head(query, found, status());
      Integer next = page.more() ? query.offset() + query.limit() : null;
      CubeAnswer rest =
          new CubeAnswer(head, List.of(), query.totals() ? reader.total(query) : null, next);
      return Optional.of(json.joined(query, rest, page.rows()));
    }

    private void add(Hour hour, HourRows rows) {
      page.add(rows, hour.minute(query.from()), hour.minute(query.to()));
    }

    /**
     * The rows of an hour, if they are kept; the next ones that may be needed are looked up, too.
     */
    private Optional<HourRows> kept(int place) {
      if (isLastRead()) {
        return Optional.empty();
      }
      if (place == lookedUp) {
        List<String> keys = new ArrayList<>();
        long about = 0;
        while (lookedUp < hours.size()
            && keys.size() < LOOKED_UP
            && (keys.isEmpty() || about < page.needed())) {
          Hour hour = hours.get(lookedUp++);
          if (hour.canBeKept()) {
            keys.add(key(hour));
          }
          about += hour.about();
        }
        kept.putAll(store.get(keys));
      }
      Hour hour = hours.get(place);
      return hour.canBeKept()
          ? Optional.ofNullable(kept.remove(key(hour))).map(HourRows::of)
          : Optional.empty();
    }

    private String key(Hour hour) {
      String question = query.between(hour.start(), hour.end()).allRows().text();
      return CurrentAnswers.key(question, state.coverage() + " hour " + hour.state());
    }

    private boolean isLastRead() {
      return reads >= MOST_READS;
    }

    private boolean endsRun(Hour hour) {
      return !missing.isEmpty() && missing.get(0).live() != hour.live() && !isLastRead();
    }

    private boolean enough() {
      return !isLastRead()
          && (about(missing) * density >= AT_ONCE || shown(missing) * density >= page.needed());
    }

    /** About how many rows of the hours are in the range, which may begin and end within one. */
    private long shown(List<Hour> hours) {
      return hours.stream()
          .mapToLong(
              hour -> {
                int minutes = hour.minute(query.to()) - hour.minute(query.from());
                return hour.about() * minutes / HourRows.MINUTES;
              })
          .sum();
    }

    private static long about(List<Hour> hours) {
      return hours.stream().mapToLong(Hour::about).sum();
    }

    /** Reads consecutive hours, all of them live or none but the last time, for the page. */
    private void readMissing() {
      if (!missing.isEmpty() && !page.more()) {
        if (missing.get(0).live() || isLastRead()) {
          readPage();
        } else {
          readWhole();
        }
        reads++;
      }
      missing.clear();
    }

    /** Of what is not going to be kept no more is read than is shown. */
    private void readPage() {
      CubeQuery part =
          query.between(later(first().start(), query.from()), earlier(last().end(), query.to()));
      CubeQuery shown = part.allRows().page(page.needed() - 1, 0);
      RowReader rows = new RowReader(shown);
      HourRowsWriter writer = new HourRowsWriter(query, json);
      reader.rows(shown, rows).forEach(writer::add);
      Map<Instant, HourRows> written = writer.written();
      missing.forEach(hour -> add(hour, written.getOrDefault(hour.start(), HourRows.EMPTY)));
      page.add(RowReader.finality(rows.rangeStatus()));
    }

    private void readWhole() {
      CubeQuery whole = query.between(first().start(), last().end()).allRows();
      HourRowsWriter writer = new HourRowsWriter(query, json);
      int rows = reader.each(whole, MOST_AT_ONCE, writer::add);
      tooMany = rows == MOST_AT_ONCE;
      if (tooMany) {
        return;
      }
      if (about(missing) > 0) {
        density = Math.max(LOWEST_DENSITY, rows / (double) about(missing));
      }
      Map<Instant, HourRows> written = writer.written();
      for (Hour hour : missing) {
        HourRows its = written.getOrDefault(hour.start(), HourRows.EMPTY);
        if (hour.canBeKept()) {
          store.put(key(hour), its.bytes());
        }
        add(hour, its);
      }
    }

    private Hour first() {
      return missing.get(descending(query) ? missing.size() - 1 : 0);
    }

    private Hour last() {
      return missing.get(descending(query) ? 0 : missing.size() - 1);
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
