/** The steps of the commit protocol, one by one, and what a crash at each of them leaves behind. */
package dev.weir.faults.step;
