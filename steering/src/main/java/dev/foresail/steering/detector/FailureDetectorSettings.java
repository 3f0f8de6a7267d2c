package dev.foresail.steering.detector;

import dev.foresail.choice.machine.Machine;
import dev.foresail.network.measure.PhiAccrualSettings;

/**
 * Whether a live node has a failure detector, and how it judges silences.
 *
 * @param use when there is one
 * @param silences how silences are judged, in the simulator too
 */
public record FailureDetectorSettings(Use use, PhiAccrualSettings silences) {
    /** A failure detector for protocols that handle suspicions. */
    public static final FailureDetectorSettings DEFAULT =
            new FailureDetectorSettings(Use.WHEN_HANDLED, PhiAccrualSettings.DEFAULT);

    /** When a node has a failure detector. */
    public enum Use {
        NEVER,
        /** When the protocol has a handler of suspicions, or sends datagrams. */
        WHEN_HANDLED,
        ALWAYS
    }

    /** Whether a node of the protocol has a failure detector, over whose socket its datagrams go. */
    public boolean isUsedWith(Machine<?> machine) {
        return use == Use.ALWAYS
                || use == Use.WHEN_HANDLED && (machine.handlesSuspicions() || machine.sendsDatagrams());
    }
}
