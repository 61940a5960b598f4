/** What was done and what was refused, kept for good. */
package dev.weir.serving.security.audit;
