package dev.foresail.predictor.trace;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.Machines;
import dev.foresail.predictor.guardrail.GuardedClassLoader;
import dev.foresail.predictor.guardrail.OwnCode;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.ExplorationScenarios;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SnapshotScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;

/**
 * Makes a test of a trace in one line. Protocol and scenario are those that the trace names, found on the class path:
 *
 * <pre>{@code
 * @Test
 * void thereAreNoTwoRoots() {
 *     Traces.assertFixed(Path.of("src/test/resources/traces/two-roots.jsonl"));
 * }
 * }</pre>
 *
 * <p>The protocol's classes are defined once more for it, with static fields of their own, so that loops count their rounds
 * ({@link GuardedClassLoader}).
 *
 * <p>The protocol may have changed since: states and messages may have other fields, as long as the messages in the trace
 * read as they did.
 */
public final class Traces {
    /** What a test brings along, and is not to be there twice. */
    private static final List<String> TEST_LIBRARIES =
            List.of("org.junit.", "org.opentest4j.", "org.hamcrest.", "org.assertj.", "org.mockito.", "org.slf4j.");

    private Traces() {}

    /** What has become of a recorded violation. */
    public enum Fate {
        /** The path is possible and the property is violated at its end. */
        VIOLATED,
        /** The path is possible and the property is not violated at its end, or that cannot be told. */
        HOLDS,
        /** The path is not possible any more. */
        IMPOSSIBLE
    }

    /**
     * Demands that the violation does not happen any more: that the path has become impossible, or ends well.
     *
     * @throws AssertionError when the path still leads to the violation
     * @throws TraceException FS250 to FS259 when the file cannot be used any more: record it anew
     */
    public static void assertFixed(Path file) {
        assertNot(Fate.VIOLATED, file, "still leads to a violation");
    }

    /**
     * Demands that the path is still possible and does not end in the violation: for traces of what once went wrong and
     * shall go right in just the same course of events.
     *
     * @throws AssertionError when the path is not possible any more or still leads to the violation
     * @throws TraceException as {@link #assertFixed}
     */
    public static void assertHolds(Path file) {
        assertNot(Fate.IMPOSSIBLE, file, "is not possible any more, so that it says nothing");
        assertFixed(file);
    }

    /**
     * Demands that the violation still happens: for a bug that is known, and whose end shall be noticed.
     *
     * @throws AssertionError when the path has become impossible or ends well
     * @throws TraceException as {@link #assertFixed}
     */
    public static void assertViolated(Path file) {
        assertNot(Fate.IMPOSSIBLE, file, "is not possible any more");
        assertNot(Fate.HOLDS, file, "does not lead to a violation any more");
    }

    private static void assertNot(Fate unwanted, Path file, String words) {
        Trace trace = TraceFile.read(file);
        if (fate(trace, loader()) == unwanted) {
            throw new AssertionError(file + " " + words + ": " + trace.header().property() + " after "
                    + trace.steps().size() + " steps");
        }
    }

    /** Guards the protocol, so that the test of a handler that does not return ends all the same. */
    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new GuardedClassLoader(
                context == null ? Traces.class.getClassLoader() : context, OwnCode.besides(TEST_LIBRARIES));
    }

    /**
     * Replays the trace in the model that it names.
     *
     * @throws TraceException as {@link #model}; FS257 when a step names what the model does not have, FS259
     *     when the property is not known
     */
    public static Fate fate(Trace trace, ClassLoader loader) {
        try {
            return Replay.ofAnySchema(model(trace, loader), trace).run().isViolated() ? Fate.VIOLATED : Fate.HOLDS;
        } catch (TraceDivergedException diverged) {
            return Fate.IMPOSSIBLE;
        }
    }

    /**
     * Makes the model of the trace again.
     *
     * @throws TraceException FS249 when it begins with a snapshot that is another one now, FS254 when the protocol is not on
     *     the class path, FS256 when the scenario is not, or its settings do not fit
     * @throws dev.foresail.predictor.snapshot.SnapshotException FS243 to FS248 when it begins with a snapshot that cannot be
     *     used
     */
    public static SystemModel<?> model(Trace trace, ClassLoader loader) {
        Trace.Header header = trace.header();
        return describe(machine(header, loader), header.origin(), loader);
    }

    private static Machine<?> machine(Trace.Header header, ClassLoader loader) {
        Machines machines = machines(loader);
        List<Machine<?>> known = machines.all();
        List<Machine<?>> meant = meant(header, machines);
        if (meant.size() == 1) {
            return meant.get(0);
        }
        String names = known.stream()
                .map(machine -> machine.protocol() + " (" + machine.stateType().getName() + ")")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        throw new TraceException(
                "FS254",
                "the trace is of the protocol '" + header.origin().protocol() + "'"
                        + header.stateType()
                                .map(type -> " of the class " + type)
                                .orElse("")
                        + (meant.isEmpty()
                                ? ", which is not on the class path; there are " + names
                                : ", and several on the class path are named so: " + names
                                        + "; write the 'class' into the first line of the trace"));
    }

    private static Machines machines(ClassLoader loader) {
        try {
            return Machines.of(loader);
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw notLoaded("FS254", broken);
        }
    }

    private static List<Machine<?>> meant(Trace.Header header, Machines machines) {
        List<Machine<?>> single = machines.all().stream().filter(header::isOf).toList();
        try {
            return single.isEmpty()
                    ? machines.matches(header.origin().protocol()).stream()
                            .filter(header::isOf)
                            .toList()
                    : single;
        } catch (ProtocolException unfit) {
            throw new TraceException("FS254", "the trace is of layers that do not fit: " + unfit.getMessage(), unfit);
        }
    }

    private static TraceException notLoaded(String code, Error broken) {
        return new TraceException(code, "something on the class path cannot be loaded: " + broken.getMessage(), broken);
    }

    private static ExplorationScenarios scenarios(ClassLoader loader) {
        try {
            return ExplorationScenarios.of(loader);
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw notLoaded("FS256", broken);
        }
    }

    private static <S> SystemModel<S> describe(Machine<S> machine, Trace.Origin origin, ClassLoader loader) {
        ExplorationScenario<S> scenario = scenario(machine, origin, loader);
        try {
            return ExplorationScenarios.model(machine, scenario, origin.settings());
        } catch (IllegalArgumentException wrong) {
            throw new TraceException(
                    "FS256",
                    "the settings " + origin.settings() + " do not fit the scenario '" + origin.scenario() + "': "
                            + wrong.getMessage(),
                    wrong);
        }
    }

    private static <S> ExplorationScenario<S> scenario(Machine<S> machine, Trace.Origin origin, ClassLoader loader) {
        if (origin.snapshot().isPresent()) {
            Path file = Path.of(origin.snapshot().get().file());
            origin.snapshot().get().requireSame(file);
            return new SnapshotScenario<>(machine, SnapshotFile.read(machine, file));
        }
        ExplorationScenarios scenarios = scenarios(loader);
        return scenarios
                .find(machine, origin.scenario())
                .orElseThrow(() -> new TraceException(
                        "FS256",
                        "the scenario '" + origin.scenario() + "' of " + origin.protocol()
                                + " is not on the class path; its scenarios there are " + scenarios.names(machine)));
    }
}
