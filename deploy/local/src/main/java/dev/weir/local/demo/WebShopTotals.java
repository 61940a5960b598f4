package dev.weir.local.demo;

/**
 * What a web shop stream amounts to: lines = valid + duplicates + malformed.
 *
 * @param valid different valid events, late ones included
 * @param cents sum of their values, in hundredths
 */
public record WebShopTotals(
    long lines, long valid, long duplicates, long malformed, long late, long cents) {}
