/** Who may not write: each is refused with its message, changes no row, and has a way out. */
package dev.weir.faults.fencing;
