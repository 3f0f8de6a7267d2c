package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.predictor.guardrail.GuardedClassLoader;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.node.SteeredNode;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.touch.TouchedProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Tries what a handler does before it is committed, and asks the safety properties of single nodes of the state after it
 * (CrystalBall section 4.2; papers.md 1.4).
 *
 * <p>Idea: a property of one node can be judged by that node alone, without a picture of the others, so it is never wrong
 * about the state it judges. What already was violated before the event is not the event's doing, and does not keep the
 * node from going on. Price: the properties are asked after each event, but for those that read no field which the handler may
 * change. Weakness: it acts at the last moment, where another node
 * might have avoided the whole path; and of properties of several nodes it sees only those of the past ({@link
 * HistoryCheck}) and what a consistent set shows ({@link ConsistentSetCheck}). A property that throws tells nothing, and is
 * logged (FS269): a mistake in it is no reason to end the node, or to keep it from going on.
 *
 * <p>On the node's thread only.
 */
public final class ImmediateSafetyCheck<S> implements Steering<S> {
    private final Machine<S> machine;
    private final NodeId self;
    private final boolean steers;
    private final Intervention.Listener listener;
    private final List<PropertyDescription<S>> properties;
    /** Of each handler, what must hold after it, of the properties that it may touch; asked for every message. */
    private final List<BiPredicate<? super S, NodeId>> touched;
    /** Whether properties of several nodes are asked too. */
    private final boolean looksAround;

    private final UnansweredProperties unanswered = new UnansweredProperties();
    private final HistoryCheck<S> history;
    private final ConsistentSetCheck<S> sets;
    private final List<PropertyDescription<S>> ofSets;
    private final TouchedProperties<S> touchedOfSets;
    private final boolean isUsed;
    /** Whether a property that does not return can be stopped; else to guard it only takes time. */
    private final boolean isGuarded;

    private Optional<SteeredNode<S>> node = Optional.empty();

    /**
     * @param mode not {@link SteeringMode#OFF}
     * @param trustsPeers whether what peers tell of themselves may count against others' events
     */
    public ImmediateSafetyCheck(
            Machine<S> machine, NodeId self, SteeringMode mode, boolean trustsPeers, Intervention.Listener listener) {
        this.machine = machine;
        this.self = self;
        this.steers = mode == SteeringMode.STEER;
        this.listener = listener;
        this.properties = machine.properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.SAFETY)
                .filter(property -> property.atEachNode().isPresent())
                .toList();
        this.touched = predicates(new TouchedProperties<>(machine, properties));
        this.history = new HistoryCheck<>(machine, self, unanswered);
        this.sets = new ConsistentSetCheck<>(machine, self, trustsPeers, unanswered);
        this.ofSets = ConsistentSetCheck.properties(machine);
        this.touchedOfSets = new TouchedProperties<>(machine, ofSets);
        this.looksAround = history.isUsed() || !ofSets.isEmpty();
        this.isUsed = !properties.isEmpty() || looksAround;
        this.isGuarded = isGuarded(machine);
    }

    private static boolean isGuarded(Machine<?> machine) {
        return machine instanceof StackMachine stack
                ? stack.layers().stream().allMatch(ImmediateSafetyCheck::isGuarded)
                : machine.getClass().getClassLoader() instanceof GuardedClassLoader;
    }

    private List<BiPredicate<? super S, NodeId>> predicates(TouchedProperties<S> touchedProperties) {
        List<BiPredicate<? super S, NodeId>> predicates = new ArrayList<>();
        for (int handler = 0; handler < machine.handlers().size(); handler++) {
            predicates.add(touchedProperties.of(handler).stream()
                    .<BiPredicate<? super S, NodeId>>map(
                            property -> property.atEachNode().orElseThrow())
                    .reduce(ImmediateSafetyCheck::both)
                    .orElse(ImmediateSafetyCheck::isUntouched));
        }
        return predicates;
    }

    private static boolean isUntouched(Object state, NodeId node) {
        return true;
    }

    private static <S> BiPredicate<? super S, NodeId> both(
            BiPredicate<? super S, NodeId> first, BiPredicate<? super S, NodeId> second) {
        return (S state, NodeId node) -> first.test(state, node) && second.test(state, node);
    }

    /** Steering by this check alone; none when the mode is off. */
    public static <S> Steering<S> of(
            Machine<S> machine, NodeId self, SteeringMode mode, Intervention.Listener listener) {
        return mode == SteeringMode.OFF
                ? Steering.none()
                : new ImmediateSafetyCheck<>(machine, self, mode, true, listener);
    }

    @Override
    public void attached(SteeredNode<S> attached) {
        node = Optional.of(attached);
    }

    @Override
    public boolean tries(Event event) {
        return isUsed;
    }

    @Override
    public boolean isHarmless(Event event, Alternative taken, S after) {
        return areSurelyKept(touched.get(taken.handler()), after)
                && (!looksAround || isHarmlessToOthers(event, taken, after));
    }

    private boolean isHarmlessToOthers(Event event, Alternative taken, S after) {
        return (!history.isUsed() || node.isPresent() && history.isUntouched(after, node.get()))
                && (ofSets.isEmpty() || isKeptBySets(event, taken, after));
    }

    private boolean isKeptBySets(Event event, Alternative taken, S after) {
        return node.stream()
                .allMatch(steered -> sets.areSurelyKept(touchedOfSets.of(taken.handler()), event, after, steered));
    }

    /** Asked after every event: without finding out which property it is that does not hold, or throws. */
    private boolean areSurelyKept(BiPredicate<? super S, NodeId> asked, S state) {
        try {
            return isGuarded ? guarded(asked, state) : asked.test(state, self);
        } catch (RuntimeException | Error thrown) {
            // It throws once more, to be told of, when each is asked by itself.
            return false;
        }
    }

    private boolean guarded(BiPredicate<? super S, NodeId> asked, S state) {
        return GuardedRun.<Boolean>ask(
                () -> self + ": the safety properties", () -> machine.describe(state), () -> asked.test(state, self));
    }

    @Override
    public boolean accepts(Event event, Alternative taken, S before, S after, Step<S> step) {
        Optional<String> violated = properties.stream()
                .filter(property -> isViolated(property, after) && !isViolated(property, before))
                .map(PropertyDescription::name)
                .findFirst()
                .or(() -> node.flatMap(steered -> history.violated(event, before, after, steered)))
                .or(() -> node.flatMap(steered -> sets.violated(ofSets, event, before, after, steered)));
        if (violated.isEmpty()) {
            return true;
        }
        String handler = machine.handlers().get(taken.handler()).name();
        listener.intervened(new Intervention(self, event, handler, violated.get(), Intervention.Kind.CHECK, steers));
        return !steers;
    }

    private boolean isViolated(PropertyDescription<S> property, S state) {
        BiPredicate<? super S, NodeId> holds = property.atEachNode().orElseThrow();
        try {
            return !GuardedRun.<Boolean>ask(
                    () -> self + ": the property " + property.name(),
                    () -> machine.describe(state),
                    () -> holds.test(state, self));
        } catch (QuestionFailedException failed) {
            unanswered.add(property.name(), failed);
            return false;
        }
    }
}
