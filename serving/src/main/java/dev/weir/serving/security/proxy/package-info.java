/** Where a request came from when a proxy stands in front. */
package dev.weir.serving.security.proxy;
