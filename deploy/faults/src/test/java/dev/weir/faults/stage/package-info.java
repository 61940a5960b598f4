/** One start of the real parts for all tests that harm them in an exactly chosen way. */
package dev.weir.faults.stage;
