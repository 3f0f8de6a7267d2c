package dev.foresail.predictor.junit;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Retelling;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.simulate.ViolationText;
import dev.foresail.predictor.view.PictureView;
import dev.foresail.predictor.view.Verdicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What a {@link SimulationTest} asks for, whatever the seed. Immutable, thread-safe. */
final class AnnotatedSimulation<S> {
    private final Machine<S> machine;
    private final List<Object> parameters;
    private final List<NodeId> nodes;
    private final ResolverSettings resolver;
    private final Scenario scenario;
    private final List<Object> scenarioValues;
    private final FaultPhase faults;
    private final Duration until;
    private final boolean goesOn;
    private final boolean connectionSetup;

    private AnnotatedSimulation(SimulationTest test, Machine<S> machine, ClassPath found) {
        this.machine = machine;
        this.parameters = found.values("parameters", machine.parameters(), test.parameters());
        this.nodes =
                LongStream.rangeClosed(1, test.nodes()).mapToObj(NodeId::of).toList();
        this.resolver = test.minimize().isEmpty()
                ? ResolverSettings.policy(test.resolver())
                : ResolverSettings.predicted(Objective.minimize(test.minimize(), duration("horizon", test.horizon())));
        this.scenario = found.scenario(test.scenario(), machine);
        this.scenarioValues = found.values("set", scenario.parameters(), test.set());
        this.faults = test.faults().isEmpty() ? FaultPhase.NONE : faults(test.faults());
        this.connectionSetup = test.connectionSetup();
        this.goesOn = !test.until().isEmpty();
        this.until = goesOn ? duration("until", test.until()) : scenario.duration(test.nodes());
    }

    /** @throws org.junit.jupiter.api.extension.ExtensionConfigurationException when that cannot be */
    static AnnotatedSimulation<?> of(SimulationTest test, Class<?> testClass) {
        ClassPath found = new ClassPath(testClass.getClassLoader());
        if (test.nodes() < 1) {
            throw ClassPath.mistake("nodes = " + test.nodes() + ": at least 1");
        }
        return of(test, found.machine(test.protocol()), found);
    }

    private static <S> AnnotatedSimulation<S> of(SimulationTest test, Machine<S> machine, ClassPath found) {
        return new AnnotatedSimulation<>(test, machine, found);
    }

    private static FaultPhase faults(String mix) {
        try {
            return new FaultPhase(FaultMix.perSeed(mix));
        } catch (IllegalArgumentException wrong) {
            throw ClassPath.mistake("faults: " + wrong.getMessage());
        }
    }

    private static Duration duration(String name, String text) {
        try {
            return ParameterValues.duration(text);
        } catch (IllegalArgumentException wrong) {
            throw ClassPath.mistake(name + " = \"" + text + "\" is no duration such as \"30s\"");
        }
    }

    /**
     * Plays a seed to its end.
     *
     * @param again the command that repeats it
     * @throws AssertionError when a property is violated or a handler has thrown
     */
    Simulation<S> play(long seed, String again) {
        Simulation<S> simulation = create(seed);
        PropertyWatch<S> watch = new PropertyWatch<>(simulation, PropertyWatch.defaultEveryEvents(nodes.size()));
        simulation.onHandled(watch);
        faults.play(simulation, scenario, scenarioValues, until);
        simulation.runUntil(until);
        List<String> wrong = new ArrayList<>();
        Set<String> told = watch.violations().stream().map(Violation::property).collect(Collectors.toSet());
        if (!watch.violations().isEmpty()) {
            wrong.addAll(tell(seed, watch.violations().get(0)));
        }
        wrong.addAll(wrongInTheEnd(seed, simulation, told));
        if (!wrong.isEmpty()) {
            wrong.add("again: " + again);
            throw new AssertionError(String.join(System.lineSeparator(), wrong));
        }
        return simulation;
    }

    private Simulation<S> create(long seed) {
        SimulationSettings<S> settings = new SimulationSettings<>(
                machine,
                parameters,
                nodes,
                SyntheticWideArea.generate(nodes.size(), seed),
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<S> simulation = new Simulation<>(settings, ResolverFactory.of(resolver, machine));
        if (goesOn) {
            simulation.goOnAfterScenario();
        }
        if (connectionSetup) {
            simulation.setUpConnections();
        }
        return simulation;
    }

    private List<String> tell(long seed, Violation violation) {
        if (!Retelling.canTell(violation, nodes.size())) {
            return List.of(ViolationText.line(seed, violation));
        }
        Simulation<S> second = create(seed);
        Retelling<S> retelling = new Retelling<>(second, violation.node(), violation.number());
        faults.play(second, scenario, scenarioValues, until);
        List<String> lines = new ArrayList<>(List.of(ViolationText.line(seed, violation)));
        lines.addAll(retelling
                .tell(() -> false)
                .map(ViolationText::lines)
                .orElseGet(() -> List.of("    a second run does not come to that: the protocol is not deterministic")));
        return lines;
    }

    private List<String> wrongInTheEnd(long seed, Simulation<S> simulation, Set<String> told) {
        List<String> wrong = new ArrayList<>();
        PictureView<S> view = simulation.view();
        for (PropertyDescription<S> property : machine.properties()) {
            if (!told.contains(property.name())
                    && Verdicts.after(property, view, simulation.nowNanos()) == Verdict.VIOLATED) {
                wrong.add("seed " + seed + ": " + property.name() + " does not hold in the end, after "
                        + simulation.nowNanos() / 1e9 + " s");
            }
        }
        UnaryOperator<String> threw = failure -> "seed " + seed + ": a handler threw: " + failure;
        simulation.failures().stream().limit(1).map(threw).forEach(wrong::add);
        return wrong;
    }
}
