/**
 * Who may ask what. {@code caller} knows callers and roles; {@code key}, {@code token} and {@code
 * session} each know one kind of credential; {@code limit} bounds what one caller can cost, {@code
 * audit} remembers what was done and refused, {@code proxy} finds out where a request came from.
 * This package puts them in one chain in front of every endpoint.
 */
package dev.weir.serving.security;
