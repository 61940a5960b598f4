package dev.weir.aggregate;

import java.nio.charset.StandardCharsets;

/**
 * 128-bit fingerprints of sequences of longs and strings: MurmurHash3_x64_128 with seed 0 (Austin
 * Appleby's public domain specification, MurmurHash3.cpp) over the sequence's canonical words, each
 * written as eight bytes, lowest first.
 *
 * <p>Canonical words: a long is itself; a string is its length in UTF-16 units, then its units four
 * to a word, lowest first; null is the length -1. So no two sequences of the same kinds share their
 * words.
 *
 * <p>Reused from one fingerprint to the next: it is on the per-event path, and allocates only for a
 * text in UTF-8 that is not ASCII. Not thread safe. Not for secrets: whoever chooses the input can
 * make two collide.
 */
public final class Fingerprint {
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private long h1;
  private long h2;
  private long pending;
  private long words;

  /** Forgets what was added and finished before. */
  public Fingerprint start() {
    h1 = 0;
    h2 = 0;
    words = 0;
    return this;
  }

  /** Forgets what was added, and goes on from what another one was given, which is not finished. */
  public Fingerprint startFrom(Fingerprint begun) {
    h1 = begun.h1;
    h2 = begun.h2;
    pending = begun.pending;
    words = begun.words;
    return this;
  }

  /** Adds one word. */
  public Fingerprint add(long word) {
    if ((words++ & 1) == 0) {
      pending = word;
    } else {
      h1 ^= mixFirst(pending);
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= Long.rotateLeft(word * C2, 33) * C1;
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    return this;
  }

  /** Adds a string; null differs from the empty one. */
  public Fingerprint add(String text) {
    if (text == null) {
      return add(-1);
    }
    int length = text.length();
    add(length);
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      add(
          text.charAt(at)
              | (long) text.charAt(at + 1) << 16
              | (long) text.charAt(at + 2) << 32
              | (long) text.charAt(at + 3) << 48);
    }
    if (at < length) {
      long word = 0;
      for (int shift = 0; at < length; at++, shift += 16) {
        word |= (long) text.charAt(at) << shift;
      }
      add(word);
    }
    return this;
  }

  /** Adds a string, given as its valid UTF-8; not null. */
  public Fingerprint addUtf8(byte[] text) {
    if (!AsciiWords.isAscii(text)) {
      return add(new String(text, StandardCharsets.UTF_8));
    }
    add(text.length);
    for (int at = 0; at < text.length; at += AsciiWords.LENGTH) {
      add(AsciiWords.word(text, at, text.length));
    }
    return this;
  }

  /** Completes the fingerprint; afterwards only {@link #start} or {@link #startFrom} may follow. */
  public Fingerprint finish() {
    if ((words & 1) != 0) {
      h1 ^= mixFirst(pending);
    }
    long bytes = words * Long.BYTES;
    h1 ^= bytes;
    h2 ^= bytes;
    h1 += h2;
    h2 += h1;
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    h1 += h2;
    h2 += h1;
    return this;
  }

  /** The specification's first 64 bits; valid after {@link #finish}. */
  public long high() {
    return h1;
  }

  /** The specification's second 64 bits; valid after {@link #finish}. */
  public long low() {
    return h2;
  }

  private static long mixFirst(long word) {
    return Long.rotateLeft(word * C1, 31) * C2;
  }

  private static long avalanche(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
