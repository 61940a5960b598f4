/** Events that come late, however late. */
package dev.weir.faults.late;
