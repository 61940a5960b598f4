/** The real parts in a folder of their own, and the means to harm them. */
package dev.weir.faults.system;
