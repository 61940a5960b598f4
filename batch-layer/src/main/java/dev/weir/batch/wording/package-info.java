/** How numbers are said to a person. */
package dev.weir.batch.wording;
