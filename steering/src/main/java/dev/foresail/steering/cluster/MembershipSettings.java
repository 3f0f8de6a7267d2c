package dev.foresail.steering.cluster;

import java.time.Duration;

/**
 * How long members wait for each other.
 *
 * @param silence for how long a member may be silent before it counts as lost, at least 500 ms; a busy machine or a long collection of
 *     garbage must not be longer
 * @param answer how long an answer to an invitation may take
 */
public record MembershipSettings(Duration silence, Duration answer) {
    public static final MembershipSettings DEFAULT =
            new MembershipSettings(Duration.ofSeconds(5), Duration.ofSeconds(10));

    /** The same with another silence. */
    public MembershipSettings withSilence(Duration other) {
        return new MembershipSettings(other, answer);
    }
}
