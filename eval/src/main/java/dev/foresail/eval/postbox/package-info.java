/** Letters over whatever transport is below: what each of the library's transports promises, to be checked and simulated. */
package dev.foresail.eval.postbox;
