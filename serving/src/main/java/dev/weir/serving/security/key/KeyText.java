package dev.weir.serving.security.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner holds it, {@code weir_<prefix>_<secret>}: the prefix names it, the secret has
 * 256 random bits. It is shown once, when it is made; {@link #toString} never shows it.
 */
public final class KeyText {
  /** What every key begins with, so that secret scanners find one that was published. */
  public static final String MARK = "weir_";

  /** The hash of no key. */
  static final String NO_HASH = "00".repeat(32);

  private static final Pattern FORM = Pattern.compile("weir_([a-z0-9]{8})_[A-Za-z0-9_-]{43}");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;
  private final String prefix;

  private KeyText(String text, String prefix) {
    this.text = text;
    this.prefix = prefix;
  }

  /** A new one. */
  static KeyText random() {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      prefix.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    String end = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new KeyText(MARK + prefix + "_" + end, prefix.toString());
  }

  /** Reads one; nothing if the text has not the form of a key. */
  public static Optional<KeyText> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() ? Optional.of(new KeyText(text, form.group(1))) : Optional.empty();
  }

  public String prefix() {
    return prefix;
  }

  /** For its owner's eyes, once. */
  public String revealed() {
    return text;
  }

  /** What is kept of it. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Compares in a time that does not depend on where the difference is. */
  boolean has(String hexadecimalHash) {
    return MessageDigest.isEqual(hash(), HexFormat.of().parseHex(hexadecimalHash));
  }

  @Override
  public String toString() {
    return MARK + prefix + "_...";
  }
}
