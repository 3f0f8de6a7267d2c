package dev.foresail.predictor.trace;

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
     * @param isViolated whether the property that the trace names is violated there
     * @param thrown what a handler threw at the last step
     */
    public record Outcome<S>(
            List<TraceStep> steps, ReferenceWorld<S> world, boolean isViolated, Optional<RuntimeException> thrown) {
        public Outcome {
            steps = List.copyOf(steps);
        }
    }

    /**
     * The replay of {@code trace} in a model that was made from the trace's scenario and settings.
     *
     * @throws TraceException FS254 and FS255 when it is a trace of another protocol or of another version of it; FS257
     *     when a step names what the model does not have
     */
    public static <S> Replay<S> of(SystemModel<S> model, Trace trace) {
        Trace.Header header = trace.header();
        long schema = model.machine().schema();
        requireProtocol(model, header);
        if (schema != header.schema()) {
            throw new TraceException(
                    "FS255",
                    "the trace was recorded with another version of "
                            + header.origin().protocol()
                            + ": the schema was 0x" + Long.toHexString(header.schema()) + " and is 0x"
                            + Long.toHexString(schema) + "; replay it with the version of then, or record it anew");
        }
        return ofAnySchema(model, trace);
    }

    /** As {@link #of}, but states and messages may have changed as long as every message in the trace reads as it did. */
    static <S> Replay<S> ofAnySchema(SystemModel<S> model, Trace trace) {
        requireProtocol(model, trace.header());
        Happenings<S> happenings = new Happenings<>(model);
        List<Action> actions = new ArrayList<>();
        for (TraceStep step : trace.steps()) {
            actions.add(happenings.restore(step.number(), step.happening()));
        }
        return new Replay<>(model, trace.header(), actions);
    }

    private static void requireProtocol(SystemModel<?> model, Trace.Header header) {
        String protocol = model.machine().protocol();
        if (!protocol.equals(header.origin().protocol())) {
            throw new TraceException(
                    "FS254",
                    "the trace is of the protocol '" + header.origin().protocol() + "', not of '" + protocol + "'");
        }
    }

    /**
     * The trace of a violation that was found in {@code model}.
     *
     * @param origin what the model was made from
     * @throws TraceDivergedException FS251 when the path is not possible
     */
    public static <S> Trace record(SystemModel<S> model, Trace.Origin origin, Violation violation) {
        Trace.Header header = new Trace.Header(
                origin,
                model.machine().schema(),
                violation.property(),
                violation.isLiveness(),
                violation.initialWorld(),
                violation.detail());
        return new Trace(
                header, new Replay<>(model, header, violation.actions()).run().steps());
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
        Optional<RuntimeException> thrown = Optional.empty();
        for (int index = 0; index < steps; index++) {
            Action action = actions.get(index);
            // A handler that threw has ended the path.
            Optional<Transition<S>> next = thrown.isPresent() ? Optional.empty() : footing.exactly(world, action);
            if (next.isEmpty()) {
                throw diverged(index + 1, footing, world, thrown, action);
            }
            seen.add(recorder.record(index + 1, world, next.get()));
            judge.after(next.get().taken());
            thrown = next.get().taken().thrown();
            world = next.get().taken().world();
        }
        return new Outcome<>(seen, world, judge.isViolated(), thrown);
    }

    private ReferenceWorld<S> initialWorld() {
        FirstWorlds<S> worlds = new FirstWorlds<>(model);
        return worlds.get(header.initialWorld())
                .orElseThrow(() -> new TraceDivergedException(
                        0, "initial world " + header.initialWorld(), List.of(worlds.others())));
    }

    private TraceDivergedException diverged(
            int step, Footing<S> footing, ReferenceWorld<S> world, Optional<RuntimeException> thrown, Action action) {
        String expected = new Happenings<>(model)
                .of(
                        action,
                        action.decisions().stream()
                                .map(index -> new TraceStep.Decided(index, ""))
                                .toList())
                .text();
        return new TraceDivergedException(
                step, expected, thrown.isPresent() ? List.of() : footing.nearest(world, action));
    }
}
