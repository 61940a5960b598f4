/** A credential of any kind: whether it is good, and how many bad ones an address may send. */
package dev.weir.serving.security.credential;
