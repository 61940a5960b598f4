/** Sends lines to a source's topic. */
package dev.weir.local.produce;
