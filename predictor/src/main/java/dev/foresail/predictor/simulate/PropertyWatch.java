package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.PropertyDescription.Kind;
import dev.foresail.predictor.view.GuardedQuestions;
import dev.foresail.predictor.view.PictureView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the safety properties while a simulation runs, and remembers where each is violated first. A property of single nodes is asked
 * after every event, of the node that has handled it; one of what nodes contribute after every event in which that has changed; the
 * others are asked of the whole system after every so many events. What is asked changes nothing: the digest is the same with a watch and
 * without. Not thread-safe.
 *
 * <p>Trade-off: a property of the whole system costs time in proportion to the nodes, so in large systems it is asked more rarely, and
 * a violation that is over until then is not seen. What nodes contribute is kept up to date instead ({@link KeptMultisets}).
 *
 * @param <S> the protocol's state
 */
public final class PropertyWatch<S> implements HandledListener {
    /** Up to so many nodes, the whole system is looked at after every event by default. */
    public static final int NODES_WATCHED_ALWAYS = 100;

    private final Simulation<S> simulation;
    private final Machine<S> machine;
    private final long everyEvents;
    private final List<PropertyDescription<S>> ofNodes = new ArrayList<>();
    private final List<KeptMultisets<S>> ofMultisets = new ArrayList<>();
    private final List<PropertyDescription<S>> ofSystem = new ArrayList<>();
    /** What has come up or gone down since somebody was last asked what it contributes. */
    private final Set<NodeId> replaced = new LinkedHashSet<>();

    private boolean hasBegun;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * @param everyEvents after how many events the whole system is looked at, at least 1
     * @throws IllegalArgumentException when it is less
     */
    public PropertyWatch(Simulation<S> simulation, long everyEvents) {
        if (everyEvents < 1) {
            throw new IllegalArgumentException("after every " + everyEvents + " events: at least 1");
        }
        this.simulation = simulation;
        this.machine = simulation.settings().machine();
        this.everyEvents = everyEvents;
        for (PropertyDescription<S> property : machine.properties()) {
            if (property.kind() == Kind.SAFETY) {
                add(property);
            }
        }
    }

    private void add(PropertyDescription<S> property) {
        if (property.ofMultisets().isPresent()) {
            ofMultisets.add(new KeptMultisets<>(
                    machine, property, property.ofMultisets().get()));
        } else {
            (property.atEachNode().isPresent() ? ofNodes : ofSystem).add(property);
        }
    }

    /** Whether there is a safety property. */
    public boolean asks() {
        return !ofNodes.isEmpty() || !ofMultisets.isEmpty() || !ofSystem.isEmpty();
    }

    /** After every event in small systems; in others after as many as there are nodes, so that each event pays for one of them. */
    public static long defaultEveryEvents(int nodes) {
        return nodes <= NODES_WATCHED_ALWAYS ? 1 : nodes;
    }

    /**
     * Where a property was violated first.
     *
     * @param node the one that had handled the last event before it was seen
     * @param happening what that event was, for people
     * @param number which event of the simulation that was, from 1
     * @param seconds of virtual time
     */
    public record Violation(String property, NodeId node, String happening, long number, double seconds) {}

    @Override
    public void handled(NodeId node, Event event) {
        askOfNode(node, event);
        if (!ofMultisets.isEmpty()) {
            askOfMultisets(node, event);
        }
        if (!ofSystem.isEmpty() && simulation.events() % everyEvents == 0) {
            askOfSystem(node, event);
        }
    }

    private void askOfNode(NodeId node, Event event) {
        if (ofNodes.isEmpty() || !simulation.isUp(node)) {
            return;
        }
        S state = simulation.stateItself(node);
        Iterator<PropertyDescription<S>> left = ofNodes.iterator();
        while (left.hasNext()) {
            PropertyDescription<S> property = left.next();
            boolean holds = GuardedQuestions.holdsAt(
                    machine, property.name(), property.atEachNode().orElseThrow(), state, node);
            if (!holds) {
                left.remove();
                violated(property, node, event);
            }
        }
    }

    @Override
    public void replaced(NodeId node) {
        if (!ofMultisets.isEmpty()) {
            replaced.add(node);
        }
    }

    private void askOfMultisets(NodeId node, Event event) {
        replaced.add(node);
        // Others may have come up before anybody was told of events.
        for (NodeId each : hasBegun ? replaced : simulation.nodes()) {
            Optional<S> state = state(each);
            ofMultisets.forEach(kept -> kept.update(each, state));
        }
        replaced.clear();
        hasBegun = true;
        Iterator<KeptMultisets<S>> left = ofMultisets.iterator();
        while (left.hasNext()) {
            KeptMultisets<S> kept = left.next();
            if (kept.isFoundViolated()) {
                left.remove();
                violated(kept.property(), node, event);
            }
        }
    }

    private Optional<S> state(NodeId node) {
        return simulation.isUp(node) ? Optional.of(simulation.stateItself(node)) : Optional.empty();
    }

    private void askOfSystem(NodeId node, Event event) {
        PictureView<S> view = simulation.view();
        Iterator<PropertyDescription<S>> left = ofSystem.iterator();
        while (left.hasNext()) {
            PropertyDescription<S> property = left.next();
            if (GuardedQuestions.of(machine, property, view) == Verdict.VIOLATED) {
                left.remove();
                violated(property, node, event);
            }
        }
    }

    private void violated(PropertyDescription<S> property, NodeId node, Event event) {
        violations.add(new Violation(
                property.name(),
                node,
                ViolationText.text(node, event),
                simulation.events(),
                simulation.nowNanos() / 1e9));
    }

    /** In the order in which they were seen, each property at most once. */
    public List<Violation> violations() {
        return Collections.unmodifiableList(violations);
    }
}
