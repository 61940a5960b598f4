/** Removes commits from the end of the commit log, with everything that came of them. */
package dev.weir.batch.rewind;
