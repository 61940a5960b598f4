/** What the application is told on its command line, and how it says what is wrong with it. */
package dev.weir.serving.option;
