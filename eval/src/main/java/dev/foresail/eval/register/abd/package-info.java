/**
 * A register that outlives a minority of its servers: every operation asks a majority and tells a majority.
 *
 * <p>Source: H. Attiya, A. Bar-Noy, D. Dolev, "Sharing memory robustly in message-passing systems", 1995.
 */
package dev.foresail.eval.register.abd;
