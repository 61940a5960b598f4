/** Compares everything that Weir holds and shows with the naive oracle. */
package dev.weir.faults.check;
