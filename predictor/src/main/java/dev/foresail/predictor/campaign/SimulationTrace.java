package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A run that violates a property, as a file can hold it: everything that is needed to play it again. Immutable.
 *
 * @param origin what is simulated
 * @param nodes how many
 * @param until when it ends; empty: with its scenario
 * @param checkEvery after how many events the safety properties of the whole system are asked
 * @param faultsUntil when the last fault is over, which may be after the end
 * @param schedule the faults that happen, in the order of their times
 * @param script the choices that matter; empty when all are made as the origin says
 * @param found what is violated
 */
public record SimulationTrace(
        Origin origin,
        int nodes,
        long seed,
        Optional<Duration> until,
        long checkEvery,
        Duration faultsUntil,
        List<FaultOccurrence> schedule,
        Optional<Script> script,
        Found found) {
    /** The version of the file's format. */
    static final int FORMAT_VERSION = 1;

    public SimulationTrace {
        schedule = List.copyOf(schedule);
    }

    /**
     * What is simulated, whatever the seed.
     *
     * @param stateType the protocol's class
     * @param scenario its name
     * @param scenarioType its class
     * @param settings of the scenario
     * @param parameters the protocol's configuration values that are not its defaults
     * @param faults the mix as it was given; empty: none
     * @param choices how they are made
     * @param connectionSetup whether the first message over a new connection takes a round trip more
     * @param options what else the command line was given for it, such as {@code --topology FILE}
     * @param configured whether a configuration says more than the rest of this
     */
    public record Origin(
            String protocol,
            String stateType,
            String scenario,
            String scenarioType,
            SortedMap<String, String> settings,
            SortedMap<String, String> parameters,
            String faults,
            Choices choices,
            boolean connectionSetup,
            List<String> options,
            boolean configured) {
        public Origin {
            options = List.copyOf(options);
        }
    }

    /**
     * How choices are made.
     *
     * @param resolver the kind's label
     * @param minimize the metric that predictions make small; empty: none that is given here
     * @param horizon how far they look ahead
     */
    public record Choices(String resolver, String minimize, Duration horizon) {}

    /**
     * The choices that matter: all others take what comes first.
     *
     * @param before how many choices there were before the run was made small
     */
    public record Script(long before, List<ChoiceOccurrence> choices) {
        public Script {
            choices = List.copyOf(choices);
        }

        /** How many do not take what comes first. */
        public int matter() {
            return choices.size();
        }
    }

    /**
     * What is violated.
     *
     * @param happening the node and event that violated it; empty where it was seen in the end only
     */
    public record Found(
            String property, boolean isLiveness, long event, long atNanos, String happening, String digest) {
        static Found of(String property, boolean isLiveness, String happening, Sighting sighting) {
            return new Found(property, isLiveness, sighting.event(), sighting.atNanos(), happening, sighting.digest());
        }

        boolean isSameAs(Sighting sighting) {
            return event == sighting.event() && atNanos == sighting.atNanos() && digest.equals(sighting.digest());
        }
    }

    /**
     * The plan of this run; its only seed is {@link #seed}.
     *
     * @param configured the faults of the configuration, whose mix counts when the trace has none of its own
     */
    public <S> SimulationPlan<S> plan(
            Machine<S> machine,
            Hosting<S> hosting,
            SimulatedSystem.Network network,
            Scenario scenario,
            FaultPhase configured) {
        FaultPhase faults =
                origin.faults().isEmpty() ? configured : configured.instead(FaultMix.perSeed(origin.faults()));
        SimulationPlan<S> plan = new SimulationPlan<>(
                new SimulatedSystem<>(machine, origin.parameters(), hosting.with(origin.connectionSetup()), network),
                nodes,
                new PlayedScenario(
                        scenario, origin.settings(), faults.with(schedule).endingAt(faultsUntil), until),
                checkEvery);
        return script.map(given -> plan.withChoices(given.choices())).orElse(plan);
    }
}
