/**
 * What a request and a caller may cost, so that one of them cannot take the server from the rest.
 */
package dev.weir.serving.security.limit;
