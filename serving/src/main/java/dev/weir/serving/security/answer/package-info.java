/** How a refusal reads. */
package dev.weir.serving.security.answer;
