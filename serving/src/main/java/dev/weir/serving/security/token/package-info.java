/** Tokens of an identity provider: signed, meant for Weir, not expired, with a role. */
package dev.weir.serving.security.token;
