/** Weir. */
package dev.weir;
