package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A message record that goes by itself and not over the ordered connection: it may be lost or overtake others, no connection is
 * opened for it, and nobody is told what has become of it. On a live node it is a UDP datagram, encrypted and authenticated, and what the network doubles is taken
 * once; searches with {@code network=duplicating} and the fault {@code duplicating} of the simulator have it come twice.
 *
 * <p>It has at most {@value #MOST_BYTES} bytes (FS530). It cannot be a {@link HandOver}, as the ledger counts what arrives in order, nor be asked in a
 * {@link Phase} (FS531).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface Datagram {
    /** What fits into one UDP packet with what it needs besides; beyond some 1,400 bytes networks cut it into pieces, which are lost together. */
    int MOST_BYTES = 60_000;
}
