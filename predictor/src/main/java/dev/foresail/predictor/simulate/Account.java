package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.StepListener;
import dev.foresail.predictor.path.PathFollower;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is counted and noted while a simulation goes on, and who is told of it. Not thread-safe. */
final class Account {
    private static final PathFollower NOBODY = PathFollower.nobody();

    private final SortedMap<String, Double> records = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private Consumer<Decision> decisionListener = decision -> {};
    private HandledListener handledListener = HandledListener.NOBODY;
    private PathFollowers pathFollowers = (node, incarnation) -> NOBODY;
    private StepListeners stepListeners = node -> StepListener.NOBODY;
    private DecisionCounts decisions = DecisionCounts.NONE;
    private ExplorationCost exploration = ExplorationCost.NONE;
    private long handledEvents;
    private long turnedAway;
    private @Nullable NodeId handling;
    private @Nullable Event handled;

    void tellDecisions(Consumer<Decision> listener) {
        decisionListener = decisionListener.andThen(listener);
    }

    void tellHandled(HandledListener listener) {
        handledListener = listener;
    }

    /** Makes who follows the paths at a start of a node. */
    @FunctionalInterface
    interface PathFollowers {
        PathFollower of(NodeId node, long incarnation);
    }

    void followPaths(PathFollowers followers) {
        pathFollowers = followers;
    }

    PathFollowers pathFollowers() {
        return pathFollowers;
    }

    /** Makes who is told of the steps at a start of a node. */
    @FunctionalInterface
    interface StepListeners {
        StepListener of(NodeId node);
    }

    void tellSteps(StepListeners listeners) {
        stepListeners = listeners;
    }

    StepListeners stepListeners() {
        return stepListeners;
    }

    /** Whether somebody wants to be told of each event. */
    boolean tellsOfEvents() {
        return handledListener != HandledListener.NOBODY;
    }

    void record(String name, double value) {
        records.put(name, value);
    }

    /** A copy of the figures that the scenario has noted; and, where decisions explored, what that has cost. */
    SortedMap<String, Double> records() {
        SortedMap<String, Double> all = new TreeMap<>(records);
        if (exploration.explored() > 0) {
            all.putIfAbsent("explored", (double) exploration.explored());
            all.putIfAbsent("exploredPredictedRegret", exploration.predictedRegret());
        }
        return all;
    }

    void decided(Decision decision) {
        decisions = decisions.plus(decision.source());
        exploration = exploration.plus(decision);
        decisionListener.accept(decision);
    }

    DecisionCounts decisions() {
        return decisions;
    }

    /** A node with a runtime begins to handle an event. */
    void handles(NodeId node, Event event) {
        handling = node;
        handled = event;
    }

    /** What was handled is over. */
    void goesOn() {
        handling = null;
        handled = null;
    }

    /** What a node with a runtime has begun to handle in what happens now; empty when none has. */
    Optional<Culprit> present() {
        return handling == null || handled == null ? Optional.empty() : Optional.of(Culprit.of(handling, handled));
    }

    void handled(NodeId node, Event event) {
        handledEvents++;
        handledListener.handled(node, event);
    }

    /** A node with a runtime has come up or gone down. */
    void replaced(NodeId node) {
        handledListener.replaced(node);
    }

    /** Events were handled that nobody was told of. */
    void addHandled(long events) {
        handledEvents += events;
    }

    long handledEvents() {
        return handledEvents;
    }

    void countTurnedAway() {
        turnedAway++;
    }

    long turnedAway() {
        return turnedAway;
    }

    void failed(String text) {
        failures.add(text);
    }

    /** Told once of each failure: it may come at every event. */
    void failedOnce(String text) {
        if (!failures.contains(text)) {
            failures.add(text);
        }
    }

    List<String> failures() {
        return Collections.unmodifiableList(failures);
    }
}
