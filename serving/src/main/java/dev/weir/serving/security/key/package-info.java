/** API keys: made, listed, revoked, recognised. Only a hash of a key is ever kept. */
package dev.weir.serving.security.key;
