package dev.weir.event;

import dev.weir.event.NaiveJson.Num;
import dev.weir.event.NaiveJson.Obj;
import dev.weir.pipeline.EventSchema;
import dev.weir.pipeline.EventSchema.Field;
import dev.weir.pipeline.EventSchema.NumberField;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an event should be, field by field from a parsed JSON text. A record can be wrong in several
 * ways; this finds them all, and the decoder under test must name one of them.
 */
final class NaiveDecoder {
  private static final Pattern ISO =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?"
              + "(?:[Zz]|([+-])([0-9]{2})(?::?([0-9]{2}))?)");

  private final EventSchema schema;
  private final Instant recorded;
  final Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
  String id;
  long timeMicros;
  final List<String> texts = new ArrayList<>();
  final List<Long> numbers = new ArrayList<>();

  NaiveDecoder(EventSchema schema, Instant recorded, byte[] bytes) {
    this.schema = schema;
    this.recorded = recorded;
    Optional<Object> json = NaiveJson.parse(bytes);
    if (json.isEmpty()) {
      reasons.add(RejectReason.MALFORMED_JSON);
    } else if (json.get() instanceof Obj object) {
      decode(object);
    } else {
      reasons.add(RejectReason.NOT_AN_OBJECT);
    }
  }

  private void decode(Obj object) {
    Object idValue = find(object, schema.id().orElseThrow());
    if (idValue == null || idValue.equals("") || !isText(idValue)) {
      reasons.add(RejectReason.MISSING_ID);
    } else {
      id = text(idValue);
    }
    time(find(object, schema.time()));
    for (Field field : schema.dimensions()) {
      texts.add(textOrBoolean(find(object, field.path())));
    }
    for (Field field : schema.identifiers()) {
      texts.add(textOrBoolean(find(object, field.path())));
    }
    for (NumberField field : schema.numbers()) {
      numbers.add(number(field, find(object, field.path())));
    }
  }

  private Object find(Obj object, String path) {
    Object value = object;
    for (String key : path.split("\\.", -1)) {
      if (!(value instanceof Obj parent)) {
        return null;
      }
      List<Object> values = parent.get(key);
      if (values.size() > 1) {
        reasons.add(RejectReason.AMBIGUOUS_FIELD);
      }
      value = values.isEmpty() ? null : values.get(values.size() - 1);
    }
    return value == NaiveJson.NULL ? null : value;
  }

  private static boolean isText(Object value) {
    return value instanceof String || (value instanceof Num number && number.whole());
  }

  private String text(Object value) {
    String text = value instanceof Num number ? number.literal() : (String) value;
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      reasons.add(RejectReason.UNSTORABLE_TEXT);
    } else if (text.getBytes(StandardCharsets.UTF_8).length > 1_024) {
      reasons.add(RejectReason.TEXT_TOO_LONG);
    }
    return text;
  }

  private String textOrBoolean(Object value) {
    if (value == null || value instanceof Boolean) {
      return value == null ? null : value.toString();
    }
    if (!isText(value)) {
      reasons.add(RejectReason.NOT_TEXT);
      return null;
    }
    return text(value);
  }

  private void time(Object value) {
    if (value == null) {
      reasons.add(RejectReason.MISSING_TIME);
      return;
    }
    if (!(value instanceof String text)) {
      reasons.add(RejectReason.BAD_TIME);
      return;
    }
    text(text);
    Matcher written = ISO.matcher(text);
    if (!written.matches()) {
      reasons.add(RejectReason.BAD_TIME);
      return;
    }
    try {
      LocalDateTime local =
          LocalDateTime.parse(
              written.group(1) + "T" + written.group(2) + ":" + orElse(written.group(3), "00"));
      String fraction = orElse(written.group(4), "") + "000000";
      int minutes = 60 * orZero(written.group(6)) + orZero(written.group(7));
      if (orZero(written.group(6)) > 23 || orZero(written.group(7)) > 59) {
        throw new DateTimeException(text);
      }
      Instant instant =
          local
              .plus(Long.parseLong(fraction.substring(0, 6)), ChronoUnit.MICROS)
              .plusMinutes("-".equals(written.group(5)) ? minutes : -minutes)
              .toInstant(ZoneOffset.UTC);
      timeMicros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
      if (instant.isBefore(Instant.EPOCH)
          || !instant.isBefore(Instant.parse("2200-01-01T00:00:00Z"))) {
        reasons.add(RejectReason.TIME_OUT_OF_RANGE);
      }
      if (instant.truncatedTo(ChronoUnit.MILLIS).isAfter(recorded.plus(schema.maxAhead()))) {
        reasons.add(RejectReason.TIME_AHEAD);
      }
    } catch (DateTimeException e) {
      reasons.add(RejectReason.BAD_TIME);
    }
  }

  private static String orElse(String group, String otherwise) {
    return group == null ? otherwise : group;
  }

  private static int orZero(String group) {
    return group == null ? 0 : Integer.parseInt(group);
  }

  private Long number(NumberField field, Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Num number)) {
      reasons.add(RejectReason.BAD_NUMBER);
      if (value instanceof String text) {
        text(text);
      }
      return null;
    }
    BigDecimal scaled = number.value().scaleByPowerOfTen(field.scale());
    BigDecimal rounded = scaled.setScale(0, RoundingMode.HALF_EVEN);
    if (!field.round() && rounded.compareTo(scaled) != 0) {
      reasons.add(RejectReason.NUMBER_TOO_PRECISE);
    }
    if (rounded.compareTo(BigDecimal.valueOf(field.min())) < 0
        || rounded.compareTo(BigDecimal.valueOf(field.max())) > 0) {
      reasons.add(RejectReason.NUMBER_OUT_OF_RANGE);
    }
    return rounded.longValue();
  }
}
