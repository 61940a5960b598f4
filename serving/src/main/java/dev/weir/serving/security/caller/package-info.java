/** Who asks, and what they may do. */
package dev.weir.serving.security.caller;
