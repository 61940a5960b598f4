package dev.weir.batch;

/**
 * What a command says when it ends.
 *
 * @param text for the person who started it, in whole lines
 * @param succeeded whether all that was to be done was done and every comparison agreed
 */
record Answer(String text, boolean succeeded) {}
