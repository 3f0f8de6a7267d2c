package dev.foresail.predictor.trace;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.determinism.NonDeterminismException;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Transition;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes along a recorded path again, step by step, in the plain reference world. Not thread-safe; may be run several times.
 *
 * @param <S> the protocol's state
 */
public final class Replay<S> {
    private final SystemModel<S> model;
    private final Trace.Header header;
    private final List<Action> actions;

    private Replay(SystemModel<S> model, Trace.Header header, List<Action> actions) {
        this.model = model;
        this.header = header;
        this.actions = actions;
    }

    /**
     * What a replay has seen.
     *
     * @param steps what is seen of every step now
     * @param world the world at the end
     * @param verdicts what can be said after every step of the property that the trace names: holds, violated or unknown
     * @param verdict what can be said of it at the end
     * @param thrown what a handler threw at the last step
     */
    public record Outcome<S>(
            List<TraceStep> steps,
            ReferenceWorld<S> world,
            List<Verdict> verdicts,
            Verdict verdict,
            Optional<RuntimeException> thrown) {
        public Outcome {
            steps = List.copyOf(steps);
            verdicts = List.copyOf(verdicts);
        }

        /** Whether the property that the trace names is violated at the end. */
        public boolean isViolated() {
            return verdict == Verdict.VIOLATED;
        }
    }

    /**
     * The replay of {@code trace} in a model that was made from the trace's scenario and settings.
     *
     * @throws TraceException FS254 and FS255 when it is a trace of another protocol or of another version of it; FS257
     *     when a step names what the model does not have; FS259 when the model does not have the property
     */
    public static <S> Replay<S> of(SystemModel<S> model, Trace trace) {
        requireSchema(model, trace.header());
        return ofAnySchema(model, trace);
    }

    /**
     * The actions of {@code trace} but for the calls that the model does not offer: what an application asks for need not be
     * known everywhere.
     *
     * @throws TraceException as {@link #of}
     */
    public static <S> List<Action> offered(SystemModel<S> model, Trace trace) {
        Happenings<S> happenings = new Happenings<>(model);
        List<TraceStep> steps = trace.steps().stream()
                .filter(step -> !happenings.isCallNotOffered(step.happening()))
                .toList();
        return of(model, new Trace(trace.header(), steps)).actions;
    }

    private static void requireSchema(SystemModel<?> model, Trace.Header header) {
        requireProtocol(model, header);
        long schema = model.machine().schema();
        if (schema != header.schema()) {
            throw new TraceException(
                    "FS255",
                    "the trace was recorded with another version of "
                            + header.origin().protocol()
                            + ": the schema was 0x" + Long.toHexString(header.schema()) + " and is 0x"
                            + Long.toHexString(schema) + "; replay it with the version of then, or record it anew");
        }
    }

    /** As {@link #of}, but states and messages may have changed as long as every message in the trace reads as it did. */
    static <S> Replay<S> ofAnySchema(SystemModel<S> model, Trace trace) {
        requireProtocol(model, trace.header());
        Judge.requireKnown(model, trace.header().property(), trace.header().isLiveness());
        return new Replay<>(model, trace.header(), actions(model, trace));
    }

    /**
     * The actions of a trace of the same version of the protocol, whether the model is the one in which it was recorded or
     * another.
     *
     * @throws TraceException FS257 when a step names what the model does not have
     */
    public static <S> List<Action> actions(SystemModel<S> model, Trace trace) {
        Happenings<S> happenings = new Happenings<>(model);
        List<Action> actions = new ArrayList<>();
        for (TraceStep step : trace.steps()) {
            actions.add(happenings.restore(step.number(), step.happening()));
        }
        return actions;
    }

    private static void requireProtocol(SystemModel<?> model, Trace.Header header) {
        Machine<?> machine = model.machine();
        if (!machine.protocol().equals(header.origin().protocol())) {
            throw new TraceException(
                    "FS254",
                    "the trace is of the protocol '" + header.origin().protocol() + "', not of '" + machine.protocol()
                            + "'");
        } else if (!header.isOf(machine)) {
            throw new TraceException(
                    "FS254",
                    "the trace is of the class " + header.stateType().orElseThrow() + ", not of "
                            + machine.stateType().getName() + ", though both are named '" + machine.protocol() + "'");
        }
    }

    /**
     * The trace of a path in {@code model}, whether it violates the property or not.
     *
     * @param origin what the model was made from
     * @throws TraceDivergedException FS251 when the path is not possible
     */
    public static <S> Trace record(SystemModel<S> model, Trace.Origin origin, Violation path) {
        Trace.Header header = header(model, origin, path);
        return new Trace(
                header, new Replay<>(model, header, path.actions()).run().steps());
    }

    /**
     * The trace of a violation that was found in {@code model}.
     *
     * @throws TraceDivergedException FS251 when the path is not possible
     * @throws NonDeterminismException FS267 when it is a safety property, and not violated at the path's end
     */
    public static <S> Trace recordFound(SystemModel<S> model, Trace.Origin origin, Violation found) {
        Trace.Header header = header(model, origin, found);
        Outcome<S> outcome = new Replay<>(model, header, found.actions()).run();
        if (!found.isLiveness() && !outcome.isViolated()) {
            throw new NonDeterminismException(
                    "the path to " + found.property(),
                    "its end",
                    "run again",
                    "a violation" + (found.detail().isEmpty() ? "" : " (" + found.detail() + ")"),
                    "none");
        }
        return new Trace(header, outcome.steps());
    }

    private static Trace.Header header(SystemModel<?> model, Trace.Origin origin, Violation violation) {
        return new Trace.Header(
                origin,
                Optional.of(model.machine().stateType().getName()),
                model.machine().schema(),
                violation.property(),
                violation.isLiveness(),
                violation.initialWorld(),
                violation.detail());
    }

    /** The path as a search would report it. */
    public Violation violation() {
        return new Violation(header.property(), header.isLiveness(), header.initialWorld(), actions, header.detail());
    }

    /** How many steps there are. */
    public int length() {
        return actions.size();
    }

    /**
     * Goes along the whole path.
     *
     * @throws TraceDivergedException FS251 when a step is not possible
     */
    public Outcome<S> run() {
        return until(actions.size());
    }

    /**
     * Goes along the first {@code steps} steps.
     *
     * @param steps 0 to {@link #length}; 0 is the initial world
     * @throws TraceDivergedException FS251 when a step is not possible
     */
    public Outcome<S> until(int steps) {
        if (steps < 0 || steps > actions.size()) {
            throw new IllegalArgumentException(
                    "the trace has the steps 1 to " + actions.size() + ", there is no step " + steps);
        }
        ReferenceWorld<S> world = initialWorld();
        Judge<S> judge = new Judge<>(model, header.property(), header.isLiveness());
        judge.begin(world);
        Footing<S> footing = new Footing<>(model);
        StepRecorder<S> recorder = new StepRecorder<>(model);
        List<TraceStep> seen = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        Optional<RuntimeException> thrown = Optional.empty();
        for (int index = 0; index < steps; index++) {
            Action action = actions.get(index);
            // A handler that threw has ended the path.
            Optional<Transition<S>> next = thrown.isPresent() ? Optional.empty() : footing.exactly(world, action);
            if (next.isEmpty()) {
                throw diverged(seen, footing, world, thrown, action);
            }
            seen.add(recorder.record(index + 1, world, next.get()));
            judge.after(next.get().taken());
            verdicts.add(judge.verdict());
            thrown = next.get().taken().thrown();
            world = next.get().taken().world();
        }
        return new Outcome<>(seen, world, verdicts, judge.verdict(), thrown);
    }

    private ReferenceWorld<S> initialWorld() {
        FirstWorlds<S> worlds = new FirstWorlds<>(model);
        return worlds.get(header.initialWorld())
                .orElseThrow(() -> new TraceDivergedException(
                        0, "initial world " + header.initialWorld(), List.of(worlds.others()), List.of()));
    }

    private TraceDivergedException diverged(
            List<TraceStep> seen,
            Footing<S> footing,
            ReferenceWorld<S> world,
            Optional<RuntimeException> thrown,
            Action action) {
        String expected = new Happenings<>(model)
                .of(
                        action,
                        action.decisions().stream()
                                .map(index -> new TraceStep.Decided(index, ""))
                                .toList())
                .text();
        return new TraceDivergedException(
                seen.size() + 1, expected, thrown.isPresent() ? List.of() : footing.nearest(world, action), seen);
    }
}
