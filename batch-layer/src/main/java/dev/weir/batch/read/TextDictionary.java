package dev.weir.batch.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers the distinct texts of a bucket's dimensions, looked up by their UTF-8 bytes: one {@code
 * String} for each distinct value, and series are found by comparing integers. Number 0 is null.
 */
public final class TextDictionary {
  private String[] texts = new String[64];
  private byte[][] encoded = new byte[64][];
  private int[] hashes = new int[64];
  private int[] slots = new int[256];
  private int size = 1;

  /** The text of a number; null for 0. */
  public String text(int number) {
    return texts[number];
  }

  /** The number of a text that stands in a block. */
  int number(byte[] block, int from, int length) {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + block[i];
    }
    hash ^= hash >>> 15;
    int mask = slots.length - 1;
    for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
      int number = slots[slot];
      if (number == 0) {
        return add(hash, slot, Arrays.copyOfRange(block, from, from + length));
      }
      if (hashes[number] == hash
          && Arrays.equals(
              encoded[number], 0, encoded[number].length, block, from, from + length)) {
        return number;
      }
    }
  }

  private int add(int hash, int slot, byte[] utf8) {
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, 2 * size);
      encoded = Arrays.copyOf(encoded, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    int number = size++;
    texts[number] = new String(utf8, StandardCharsets.UTF_8);
    encoded[number] = utf8;
    hashes[number] = hash;
    slots[slot] = number;
    if (2 * size > slots.length) {
      grow();
    }
    return number;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int number = 1; number < size; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number;
    }
  }
}
