package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.InitialWorld.NodeImage;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.view.GuardedQuestions;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A world of a {@link SystemModel}, and everything that can happen in it: the semantics written there, by cloning. What is
 * changed in a step is copied first; all else is shared between worlds. Immutable, as long as nobody changes the states
 * that it shows; not for several threads at once.
 *
 * @param <S> the protocol's state
 */
public final class ReferenceWorld<S> {
    private final SystemModel<S> model;
    private final SortedMap<NodeId, NodeWorld<S>> nodes;
    private final Map<Failures.Kind, Integer> budgets;
    private final List<Integer> offersLeft;
    private final Optional<HistoryWatch<?>> watch;

    ReferenceWorld(
            SystemModel<S> model,
            SortedMap<NodeId, NodeWorld<S>> nodes,
            Map<Failures.Kind, Integer> budgets,
            List<Integer> offersLeft,
            Optional<HistoryWatch<?>> watch) {
        this.model = model;
        this.nodes = nodes;
        this.budgets = budgets;
        this.offersLeft = offersLeft;
        this.watch = watch;
    }

    /**
     * What came of an action.
     *
     * @param world the world after it; the one before when a handler threw
     * @param sends what was sent in its course, in order, to nodes that the model does not have too
     * @param notes what handlers noted
     * @param timersSet the timers that were armed in its course, and not cancelled again, with their delays in nanoseconds
     * @param thrown what a handler threw: then nothing of the action has taken effect
     * @param handlerRuns how many handlers ran, one that threw included
     */
    public record Taken<S>(
            ReferenceWorld<S> world,
            List<Step.Send> sends,
            List<String> notes,
            Map<String, Long> timersSet,
            Optional<RuntimeException> thrown,
            int handlerRuns) {
        public Taken {
            sends = List.copyOf(sends);
            notes = List.copyOf(notes);
            timersSet = Map.copyOf(timersSet);
        }
    }

    /** An action and what comes of it. */
    public record Transition<S>(Action action, Taken<S> taken) {}

    /**
     * How a model begins.
     *
     * @param worlds the distinct initial worlds: the descriptions in order, of each the decisions of its starts and calls
     *     in lexicographic order
     * @param thrown what a start or an initial call threw first; the worlds in which one did are left out
     */
    public record Beginning<S>(List<ReferenceWorld<S>> worlds, Optional<RuntimeException> thrown) {
        public Beginning {
            worlds = List.copyOf(worlds);
        }
    }

    /** All initial worlds, and whether there would be others. */
    public static <S> Beginning<S> beginning(SystemModel<S> model) {
        return beginning(model, Integer.MAX_VALUE);
    }

    /**
     * The first initial worlds; those after them are not made.
     *
     * @param most how many are enough
     */
    public static <S> Beginning<S> beginning(SystemModel<S> model, int most) {
        return InitialWorlds.of(model, most);
    }

    /** The worlds of {@link #beginning(SystemModel)}. */
    public static <S> List<ReferenceWorld<S>> initial(SystemModel<S> model) {
        return beginning(model).worlds();
    }

    /**
     * Everything that can happen, with all decisions: the nodes in the order of their ids; of each its deliveries (by
     * sender, then canonical bytes), connection errors by peer, timers by name, offers in the model's order, crash,
     * restart, silent reset, losses, breaks by peer; decisions in lexicographic order. Handlers are run to learn what is
     * decided.
     */
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        forEachTransition(action -> true, transition -> actions.add(transition.action()));
        return actions;
    }

    /** All {@link #actions} with what comes of them. */
    public List<Transition<S>> transitions() {
        List<Transition<S>> transitions = new ArrayList<>();
        forEachTransition(action -> true, transitions::add);
        return transitions;
    }

    /**
     * As {@link #transitions}, but only of those actions that {@code wanted} says; it is asked before anything is run, of
     * the action without decisions.
     */
    public void forEachTransition(Predicate<Action> wanted, Consumer<Transition<S>> consumer) {
        for (NodeId node : nodes.keySet()) {
            for (Occurrence<S> occurrence : Occurrences.at(this, node)) {
                if (wanted.test(occurrence.action().apply(List.of()))) {
                    occurrence.enumerate(consumer);
                }
            }
        }
    }

    /**
     * The first action that {@code wanted} says, in the order of {@link #actions}, and what comes of it when these decisions are
     * taken as far as they are met and possible, and the first outcome everywhere else. It runs once, however many
     * decisions there are.
     *
     * @param wanted as in {@link #forEachTransition}
     * @return empty when there is no such action
     */
    public Optional<Transition<S>> takeFirst(Predicate<Action> wanted, NodeId node, List<Integer> decisions) {
        if (!nodes.containsKey(node)) {
            return Optional.empty();
        }
        return Occurrences.at(this, node).stream()
                .filter(each -> wanted.test(each.action().apply(List.of())))
                .findFirst()
                .map(each -> each.leniently(decisions));
    }

    /**
     * What comes of {@code action}.
     *
     * @throws ReplayDivergedException when the action, with these decisions, is not possible in this world
     */
    public Taken<S> take(Action action) {
        if (nodes.containsKey(action.node())) {
            for (Occurrence<S> occurrence : Occurrences.at(this, action.node())) {
                if (occurrence.isThatOf(model.machine(), action)) {
                    return occurrence.replay(action);
                }
            }
        }
        List<Action> possible = actions();
        List<Action> near = possible.stream()
                .filter(other -> other.node().equals(action.node()))
                .toList();
        throw new ReplayDivergedException(
                action + " is not possible here; possible are " + (near.isEmpty() ? possible : near));
    }

    /** The names of the safety properties and of the properties of the history that are violated, sorted. */
    public List<String> violatedProperties() {
        List<String> violated = new ArrayList<>();
        PictureView<S> view = view();
        for (PropertyDescription<S> property : model.machine().properties()) {
            if (property.kind() == PropertyDescription.Kind.SAFETY
                    && GuardedQuestions.of(model.machine(), property, view) == Verdict.VIOLATED) {
                violated.add(property.name());
            }
        }
        watch.ifPresent(watching -> violated.addAll(watching.violated()));
        Collections.sort(violated);
        return violated;
    }

    /**
     * The names of the safety properties of which nothing can be said, in the protocol's order; without those of single
     * nodes, of which nothing can be said in an incomplete model.
     */
    public List<String> untoldProperties() {
        PictureView<S> view = view();
        return model.machine().properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.SAFETY)
                .filter(property -> model.isComplete() || property.atEachNode().isEmpty())
                .filter(property -> GuardedQuestions.of(model.machine(), property, view) == Verdict.UNKNOWN)
                .map(PropertyDescription::name)
                .toList();
    }

    /** Whether no constraint of the model is known to be broken. */
    public boolean isWithinConstraints() {
        if (model.constraints().isEmpty()) {
            return true;
        }
        PictureView<S> view = view();
        return model.constraints().stream().allMatch(constraint -> {
            try {
                return constraint.test(view);
            } catch (UnknownNodeException unknown) {
                return true;
            }
        });
    }

    /** The nodes that are up, as properties see them. */
    public PictureView<S> view() {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        nodes.forEach((id, node) -> {
            if (node.isUp()) {
                pictures.put(id, new Picture<>(node.local().state(), Map.of(), 0));
            }
        });
        return new PictureView<>(model.machine(), pictures, model.isComplete());
    }

    /** The world's whole content: two worlds of a model are the same when their bytes are. */
    public byte[] canonicalBytes() {
        return written().toByteArray();
    }

    /** A 64-bit fingerprint of the canonical bytes. */
    public long fingerprint() {
        return written().fingerprint();
    }

    private StateWriter written() {
        StateWriter out = new StateWriter();
        nodes.values().forEach(node -> node.write(model.machine(), out));
        budgets.forEach((kind, left) -> {
            if (model.failures().budget(kind) != Failures.UNLIMITED) {
                out.writeInt(left);
            }
        });
        for (int index = 0; index < offersLeft.size(); index++) {
            if (model.offers().get(index).times() != Failures.UNLIMITED) {
                out.writeInt(offersLeft.get(index));
            }
        }
        watch.ifPresent(watching -> watching.write(out));
        return out;
    }

    /** The nodes that are up. */
    public SortedMap<NodeId, NodeImage<S>> images() {
        SortedMap<NodeId, NodeImage<S>> images = new TreeMap<>();
        nodes.forEach((id, node) -> {
            if (node.isUp()) {
                LocalState<S> local = node.local();
                images.put(id, new NodeImage<>(local.state(), List.copyOf(local.armed()), local.deferred()));
            }
        });
        return images;
    }

    /** Whether the model has the node and it is up. */
    public boolean isUp(NodeId node) {
        NodeWorld<S> known = nodes.get(node);
        return known != null && known.isUp();
    }

    /** The node's state, of a node that is down what it has kept; never to be changed. */
    public S state(NodeId node) {
        return node(node).local().state();
    }

    /** The names of the armed timers. */
    public SortedSet<String> armed(NodeId node) {
        return node(node).local().armed();
    }

    /** The deferred messages in order. */
    public List<Event.Delivery> deferred(NodeId node) {
        return node(node).local().deferred();
    }

    /** The messages in flight to the node: by sender, each sender's in order, with unordered networks sorted. */
    public List<Event.Delivery> inFlightTo(NodeId node) {
        return node(node).arriving().packets().stream().map(Packet::delivery).toList();
    }

    /** The peers to which the node's connection is broken without its having noticed. */
    public SortedSet<NodeId> broken(NodeId node) {
        return Collections.unmodifiableSortedSet(node(node).broken());
    }

    /** How many more failures of the kind there may be, {@link Failures#UNLIMITED} for any number. */
    public int budget(Failures.Kind kind) {
        return budgets.getOrDefault(kind, 0);
    }

    /** What the history remembers, for people; empty without a history. */
    public Optional<String> history() {
        return watch.isPresent() ? Optional.of(watch.get().describe()) : Optional.empty();
    }

    /** The canonical bytes of the node's local state: up or down, state, timers, deferred messages. */
    byte[] localBytes(NodeId node) {
        return node(node).local().canonicalBytes(model.machine());
    }

    boolean isConnected(NodeId node, NodeId peer) {
        return GuardedQuestions.neighbours(model.machine(), state(node), node)
                .map(neighbours -> neighbours.contains(peer))
                .orElse(true);
    }

    NodeWorld<S> node(NodeId id) {
        NodeWorld<S> node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("the model has no node " + id + "; its nodes are " + nodes.keySet());
        }
        return node;
    }

    SystemModel<S> model() {
        return model;
    }

    SortedMap<NodeId, NodeWorld<S>> nodes() {
        return nodes;
    }

    Map<Failures.Kind, Integer> budgets() {
        return budgets;
    }

    List<Integer> offersLeft() {
        return offersLeft;
    }

    Optional<HistoryWatch<?>> watch() {
        return watch;
    }
}
