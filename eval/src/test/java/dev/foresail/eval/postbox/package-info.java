/** The library's transports in every engine. */
package dev.foresail.eval.postbox;
