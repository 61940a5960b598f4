/** Sessions of browsers: a cookie in place of the credential, so that no page holds one. */
package dev.weir.serving.security.session;
