package dev.foresail.steering.transport;

import java.time.Duration;

/**
 * When a link is measured by a frame of its own, because nothing else is sent that would.
 *
 * @param bytesPerSecond what probes, and answers to those of peers, may cost in the long run, headers included; 0: there are none
 * @param maximumAge how old a round trip may be that somebody asks for, above zero
 */
public record ProbeSettings(int bytesPerSecond, Duration maximumAge) {
    public static final ProbeSettings DEFAULT = new ProbeSettings(1_000, Duration.ofSeconds(10));

    public ProbeSettings {
        if (bytesPerSecond < 0 || maximumAge.isNegative() || maximumAge.isZero()) {
            throw new IllegalArgumentException(
                    "no settings of probes: " + bytesPerSecond + " bytes/s, at most " + maximumAge + " old");
        }
    }
}
