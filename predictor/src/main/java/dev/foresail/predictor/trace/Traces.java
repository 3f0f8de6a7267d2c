package dev.foresail.predictor.trace;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.model.DefaultScenario;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SnapshotScenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

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
 * <p>The protocol may have changed since: states and messages may have other fields, as long as the messages in the trace
 * read as they did.
 */
public final class Traces {
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
     * @throws TraceException FS250 to FS258 when the file cannot be used any more: record it anew
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

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Traces.class.getClassLoader() : context;
    }

    /**
     * Replays the trace in the model that it names.
     *
     * @throws TraceException as {@link #model}; FS257 when a step names what the model does not have
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
     * @throws TraceException FS254 when the protocol is not on the class path, FS256 when the scenario is not, or its
     *     settings do not fit
     * @throws dev.foresail.predictor.snapshot.SnapshotException FS243 to FS248 when it begins with a snapshot that cannot be
     *     used
     */
    public static SystemModel<?> model(Trace trace, ClassLoader loader) {
        return describe(machine(trace.header().origin(), loader), trace.header().origin(), loader);
    }

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static Machine<?> machine(Trace.Origin origin, ClassLoader loader) {
        SortedSet<String> known = new TreeSet<>();
        for (Machine machine : services(Machine.class, loader, "FS254")) {
            if (machine.protocol().equals(origin.protocol())) {
                return machine;
            }
            known.add(machine.protocol());
        }
        throw new TraceException(
                "FS254",
                "the trace is of the protocol '" + origin.protocol() + "', which is not on the class path; there are "
                        + known);
    }

    private static <T> List<T> services(Class<T> type, ClassLoader loader, String code) {
        List<T> found = new ArrayList<>();
        try {
            ServiceLoader.load(type, loader).forEach(found::add);
        } catch (ServiceConfigurationError broken) {
            throw new TraceException(
                    code, "something on the class path cannot be loaded: " + broken.getMessage(), broken);
        }
        return found;
    }

    private static <S> SystemModel<S> describe(Machine<S> machine, Trace.Origin origin, ClassLoader loader) {
        ExplorationScenario<S> scenario = scenario(machine, origin, loader);
        try {
            SystemModel.Builder<S> model = SystemModel.of(machine);
            scenario.describe(model, ParameterValues.read(scenario.parameters(), origin.settings()));
            return model.build();
        } catch (IllegalArgumentException wrong) {
            throw new TraceException(
                    "FS256",
                    "the settings " + origin.settings() + " do not fit the scenario '" + origin.scenario() + "': "
                            + wrong.getMessage(),
                    wrong);
        }
    }

    /** The scenario by name; it says itself which protocol it is for. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> ExplorationScenario<S> scenario(Machine<S> machine, Trace.Origin origin, ClassLoader loader) {
        if (origin.snapshot().isPresent()) {
            Path file = Path.of(origin.snapshot().get());
            return new SnapshotScenario<>(machine, SnapshotFile.read(machine, file));
        }
        if (origin.scenario().equals(DefaultScenario.NAME)) {
            return new DefaultScenario<>(machine);
        }
        SortedSet<String> known = new TreeSet<>();
        for (ExplorationScenario scenario : services(ExplorationScenario.class, loader, "FS256")) {
            if (scenario.protocol().equals(origin.protocol())) {
                if (scenario.name().equals(origin.scenario())) {
                    return (ExplorationScenario<S>) scenario;
                }
                known.add(scenario.name());
            }
        }
        throw new TraceException(
                "FS256",
                "the scenario '" + origin.scenario() + "' of " + origin.protocol()
                        + " is not on the class path; its scenarios there are " + known);
    }
}
