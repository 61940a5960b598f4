package dev.weir.event;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RFC 8259 written down in the most obvious way, to be compared with: recursive, on characters, by
 * regular expressions.
 */
final class NaiveJson {
  /** Stands for null, so that it differs from absent. */
  static final Object NULL = new Object();

  /** A number as it is written. */
  record Num(String literal) {
    boolean whole() {
      return literal.matches("-?[0-9]+");
    }

    /** Exact, but for exponents of more than three digits, which might fill the memory. */
    BigDecimal value() {
      return new BigDecimal(literal.replaceAll("([eE][+-]?)0*([0-9]{3})[0-9]+", "$1$2"));
    }
  }

  record Member(String key, Object value) {}

  /** An object, with all of its members in order. */
  record Obj(List<Member> members) {
    List<Object> get(String key) {
      return members.stream().filter(m -> m.key().equals(key)).map(Member::value).toList();
    }
  }

  private static final class Malformed extends Exception {}

  private static final Pattern SPACE = Pattern.compile("[ \t\r\n]*");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Pattern STRING =
      Pattern.compile("\"((?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*+)\"");
  private static final Pattern WORD = Pattern.compile("true|false|null");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(....)|(.))", Pattern.DOTALL);

  private final String text;
  private int position;

  private NaiveJson(String text) {
    this.text = text;
  }

  /** The value; empty if the bytes are no JSON text. */
  static Optional<Object> parse(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      NaiveJson json = new NaiveJson(text);
      Object value = json.value();
      json.token(SPACE);
      return json.position == text.length() ? Optional.of(value) : Optional.empty();
    } catch (CharacterCodingException | Malformed e) {
      return Optional.empty();
    }
  }

  private Object value() throws Malformed {
    token(SPACE);
    if (take("{")) {
      List<Member> members = new ArrayList<>();
      token(SPACE);
      while (!take("}")) {
        if (!members.isEmpty()) {
          require(",");
        }
        token(SPACE);
        String key = string();
        token(SPACE);
        require(":");
        members.add(new Member(key, value()));
        token(SPACE);
      }
      return new Obj(members);
    }
    if (take("[")) {
      List<Object> items = new ArrayList<>();
      token(SPACE);
      while (!take("]")) {
        if (!items.isEmpty()) {
          require(",");
        }
        items.add(value());
        token(SPACE);
      }
      return items;
    }
    if (text.startsWith("\"", position)) {
      return string();
    }
    String word = token(WORD);
    if (word != null) {
      return word.equals("null") ? NULL : Boolean.valueOf(word);
    }
    String number = token(NUMBER);
    if (number == null) {
      throw new Malformed();
    }
    return new Num(number);
  }

  private String string() throws Malformed {
    String quoted = token(STRING);
    if (quoted == null) {
      throw new Malformed();
    }
    return ESCAPE
        .matcher(quoted.substring(1, quoted.length() - 1))
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    escape.group(1) != null
                        ? String.valueOf((char) Integer.parseInt(escape.group(1), 16))
                        : unescaped(escape.group(2))));
  }

  private static String unescaped(String letter) {
    int known = "bfnrt".indexOf(letter);
    return known < 0 ? letter : String.valueOf("\b\f\n\r\t".charAt(known));
  }

  private String token(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    position = matcher.end();
    return matcher.group();
  }

  private boolean take(String expected) {
    boolean found = text.startsWith(expected, position);
    position += found ? expected.length() : 0;
    return found;
  }

  private void require(String expected) throws Malformed {
    if (!take(expected)) {
      throw new Malformed();
    }
  }
}
