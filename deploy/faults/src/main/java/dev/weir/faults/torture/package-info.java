/** One fault after the other, chosen by a seed, for as long as wanted. */
package dev.weir.faults.torture;
