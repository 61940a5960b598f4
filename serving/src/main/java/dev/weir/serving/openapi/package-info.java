/** Describes the API: {@code /openapi.json}, and {@code /docs} to browse it. */
package dev.weir.serving.openapi;
