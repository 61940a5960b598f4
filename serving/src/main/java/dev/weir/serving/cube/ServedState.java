package dev.weir.serving.cube;

/**
 * What an answer depends on besides its question.
 *
 * @param text equal exactly while no commit, no change of the coverage and no change of the views
 *     lies between
 * @param live whether the range has events that are not committed yet: then the answer may change
 *     at any time
 */
record ServedState(String text, boolean live) {}
