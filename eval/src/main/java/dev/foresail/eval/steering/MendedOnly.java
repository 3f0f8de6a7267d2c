package dev.foresail.eval.steering;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.OwnOption;

/** The part of the experiments that asks for false alarms: steering beside a protocol without bugs. */
final class MendedOnly {
    /** {@code --fixed}: this part alone. */
    static final OwnOption<Boolean> OPTION =
            OwnOption.flag("--fixed", "only the mended protocol with steering, for false alarms");

    private static final double MOST_ALARMS = 1;
    private static final double EVENTS = 10_000;

    private MendedOnly() {}

    /** Adds the bar on false alarms. */
    static Bars addTo(Bars bars, long interventions, long events) {
        return bars.atMost(
                "interventions in the mended protocol",
                interventions / (double) events * EVENTS,
                "per 10,000 events",
                MOST_ALARMS);
    }
}
