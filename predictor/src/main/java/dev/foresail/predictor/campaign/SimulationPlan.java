package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.FirstDifference;
import dev.foresail.predictor.simulate.NodeRange;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Retelling;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.simulate.UntilViolated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What is simulated, whatever the seed. Immutable; thread-safe as far as its scenario, resolvers and network are.
 *
 * @param nodes how many, with the ids 1 to this
 * @param checkEvery after how many events the safety properties of the whole system are asked, at least 1
 * @param choices those that do not take what comes first; empty when the resolvers decide
 */
public record SimulationPlan<S>(
        SimulatedSystem<S> system,
        int nodes,
        PlayedScenario played,
        long checkEvery,
        Optional<List<ChoiceOccurrence>> choices) {
    public SimulationPlan {
        choices = choices.map(List::copyOf);
    }

    /** One whose resolvers decide. */
    public SimulationPlan(SimulatedSystem<S> system, int nodes, PlayedScenario played, long checkEvery) {
        this(system, nodes, played, checkEvery, Optional.empty());
    }

    public Machine<S> machine() {
        return system.machine();
    }

    /** When a run ends at the latest. */
    public Duration until() {
        return played.until().orElseGet(() -> played.scenario().duration(nodes));
    }

    /** When the last fault is over. */
    Duration faultsUntil() {
        return played.faults().end(until());
    }

    /** The faults that happen with a seed, in the order of their times. */
    public List<FaultOccurrence> faults(long seed) {
        return played.faults().faults(seed, until());
    }

    /** The same with other resolvers. */
    public SimulationPlan<S> with(ResolverFactory<S> resolvers) {
        SimulatedSystem<S> other = new SimulatedSystem<>(
                system.machine(), system.given(), system.hosting().with(resolvers), system.network());
        return new SimulationPlan<>(other, nodes, played, checkEvery, choices);
    }

    /** The same with another number of nodes. */
    public SimulationPlan<S> withNodes(int others) {
        return new SimulationPlan<>(system, others, played, checkEvery, choices);
    }

    /** The same, which ends at this time at the latest; its faults are over when they were. */
    public SimulationPlan<S> endingAt(Duration end) {
        // Who is to come back before the faults are over would come back at other times.
        return with(played.faults().endingAt(faultsUntil()), Optional.of(end));
    }

    /** The same, where of the faults only these happen. */
    public SimulationPlan<S> with(List<FaultOccurrence> faults) {
        return with(played.faults().with(faults), played.until());
    }

    /** The same, where these choices are made so, and all others take what comes first. */
    public SimulationPlan<S> withChoices(List<ChoiceOccurrence> others) {
        return new SimulationPlan<>(system, nodes, played, checkEvery, Optional.of(others));
    }

    private SimulationPlan<S> with(FaultPhase faults, Optional<Duration> until) {
        return new SimulationPlan<>(
                system,
                nodes,
                new PlayedScenario(played.scenario(), played.settings(), faults, until),
                checkEvery,
                choices);
    }

    /** What makes the choices of one run and remembers them. */
    ChoiceScript script() {
        return new ChoiceScript(choices);
    }

    /**
     * Looks whether it can be played, without playing anything.
     *
     * @throws CampaignException FS209 when a configuration value is missing or does not fit, FS225 when a setting does not
     */
    public void check() {
        parameters();
        played.values();
    }

    /** The values of the nodes' parameters, in the order of the machine's. */
    public List<Object> parameters() {
        try {
            return system.parameters(nodes);
        } catch (IllegalArgumentException wrong) {
            throw new CampaignException(
                    "FS209", machine().protocol() + ": " + wrong.getMessage() + "; give it in the configuration");
        }
    }

    /**
     * A system at time zero, with the scenario scheduled.
     *
     * @param follower is handed the system before anything is scheduled
     * @throws CampaignException FS209, FS225 as {@link #check}, and FS225 when the scenario refuses its settings or so many nodes
     */
    public Simulation<S> start(long seed, Consumer<Simulation<S>> follower) {
        return start(machine(), seed, follower);
    }

    /** As {@link #start(long, Consumer)}, with a machine that does what the plan's own does. */
    Simulation<S> start(Machine<S> machine, long seed, Consumer<Simulation<S>> follower) {
        return choices.isPresent()
                ? start(machine, script(), seed, follower)
                : start(machine, system.hosting().resolvers(), seed, follower);
    }

    /** As {@link #start(long, Consumer)}, with choices that are remembered. */
    Simulation<S> start(ChoiceScript script, long seed, Consumer<Simulation<S>> follower) {
        return start(machine(), script, seed, follower);
    }

    private Simulation<S> start(Machine<S> machine, ChoiceScript script, long seed, Consumer<Simulation<S>> follower) {
        return start(machine, script.over(system.hosting().resolvers()), seed, simulation -> {
            // Given choices are found by their time first, in every run of the plan.
            script.tellTime(simulation::nowNanos);
            follower.accept(simulation);
        });
    }

    private Simulation<S> start(
            Machine<S> machine, ResolverFactory<S> resolvers, long seed, Consumer<Simulation<S>> follower) {
        List<Object> parameters = parameters();
        Hosting<S> hosting = system.hosting();
        Simulation<S> simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        parameters,
                        NodeRange.of(1, nodes),
                        system.network().of(nodes, seed),
                        seed,
                        seed,
                        hosting.node(),
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                resolvers,
                hosting.steering().apply(parameters));
        simulation.judgeSilencesBy(hosting.silences());
        simulation.consult(hosting.providers());
        simulation.limitTo(hosting.limits().apply(nodes));
        if (played.until().isPresent()) {
            simulation.goOnAfterScenario();
        }
        if (hosting.connectionSetup()) {
            simulation.setUpConnections();
        }
        follower.accept(simulation);
        try {
            played.faults().play(simulation, played.scenario(), played.values(), until());
        } catch (IllegalArgumentException refused) {
            throw new CampaignException(
                    "FS225",
                    "the scenario " + played.scenario().name() + " refuses its settings: " + refused.getMessage());
        }
        return simulation;
    }

    /** The first event that differs when a seed is played twice; empty when none does, or when it was given up. */
    public Optional<FirstDifference.Difference> firstDifference(long seed, BooleanSupplier stopped) {
        return FirstDifference.find((Consumer<Simulation<S>> follower) -> start(seed, follower), until(), stopped);
    }

    /** A seed at time zero, to be played until a property is violated, and no further. Throws what {@link #start} throws. */
    UntilViolated<S> untilViolated(long seed, String property) {
        return untilViolated(seed, property, script());
    }

    /** As {@link #untilViolated(long, String)}, with choices that are remembered. */
    UntilViolated<S> untilViolated(long seed, String property, ChoiceScript script) {
        List<UntilViolated<S>> until = new ArrayList<>();
        start(script, seed, system -> until.add(new UntilViolated<>(system, property, checkEvery)));
        return until.get(0);
    }

    /** Whether a violation can be told by playing its seed once more. */
    public boolean canRetell(PropertyWatch.Violation violation) {
        return Retelling.canTell(violation, nodes);
    }

    /** What led to a violation, by playing the seed once more; empty when that run is another one, or was given up. */
    public Optional<Retelling.Story> retell(long seed, PropertyWatch.Violation violation, BooleanSupplier stopped) {
        List<Retelling<S>> retelling = new ArrayList<>();
        start(seed, system -> retelling.add(new Retelling<>(system, violation.node(), violation.number())));
        return retelling.get(0).tell(stopped);
    }
}
