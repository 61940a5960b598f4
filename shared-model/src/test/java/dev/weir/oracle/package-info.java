/** Generated streams with the truth beside them, and readers of what is served, for tests. */
package dev.weir.oracle;
