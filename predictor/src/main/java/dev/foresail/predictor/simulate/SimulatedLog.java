package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.predictor.log.Effects;
import dev.foresail.predictor.log.LogLevel;
import dev.foresail.predictor.log.LogSink;
import dev.foresail.predictor.log.LogText;
import dev.foresail.predictor.log.LoggedStep;
import dev.foresail.predictor.log.StepLog;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.StepListener;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what the nodes of a simulation do, without log statements (decision 071); the run goes as it would without. Not thread-safe.
 *
 * @param <S> the protocol's state
 */
public final class SimulatedLog<S> {
    private final Simulation<S> simulation;
    private final Wish wish;
    private final LogSink sink;
    /** What the node has been sent that it has not handled yet, and in which event that was sent. */
    private final Map<NodeId, Causes> causes = new HashMap<>();

    /**
     * What is to be told.
     *
     * @param nodes of which nodes; empty: of all
     */
    public record Wish(Set<LogLevel> levels, Set<NodeId> nodes) {
        public Wish {
            levels = Set.copyOf(levels);
            nodes = Set.copyOf(nodes);
        }

        boolean isOf(NodeId node) {
            return nodes.isEmpty() || nodes.contains(node);
        }
    }

    private SimulatedLog(Simulation<S> simulation, Wish wish, LogSink sink) {
        this.simulation = simulation;
        this.wish = wish;
        this.sink = sink;
    }

    /** Begins to tell; to be said before anything happens. Nobody else can follow what is sent and what goes wrong then. */
    public static <S> void follow(Simulation<S> simulation, Wish wish, LogSink sink) {
        SimulatedLog<S> log = new SimulatedLog<>(simulation, wish, sink);
        simulation.makeRuntimes();
        simulation.onSent(log::sent);
        simulation.account().tellSteps(log::listener);
        if (wish.levels().contains(LogLevel.GENERATED)) {
            simulation.onDecision(log::decided);
        }
        simulation.trace().tellFaults(log.new Faults());
    }

    /** What led to the events of one start of a node. */
    private static final class Causes {
        final IdentityHashMap<Object, Long> messages = new IdentityHashMap<>();
        final Map<String, Long> timers = new HashMap<>();

        Optional<Long> of(Event event) {
            if (event instanceof Event.Delivery delivery) {
                return Optional.ofNullable(messages.get(delivery.message()));
            }
            return event instanceof Event.TimerFired timer
                    ? Optional.ofNullable(timers.get(timer.name()))
                    : Optional.empty();
        }

        void handled(LoggedStep step) {
            boolean waits = step.outcome().equals(StepListener.Passing.DEFERRED.label());
            if (step.event() instanceof Event.Delivery delivery && !waits) {
                messages.remove(delivery.message());
            }
            for (Effects.TimerChange change : step.effects().timers()) {
                timers.put(change.timer(), step.number());
            }
        }
    }

    /** What happens in the course of an event leaves before the event is counted. */
    private long currentEvent() {
        return simulation.events() + 1;
    }

    private Runnable sent(NodeId from, NodeId to, Envelope envelope) {
        if (envelope instanceof Envelope.Payload payload && wish.isOf(to)) {
            long number = currentEvent();
            return () -> {
                Causes known = causes.get(to);
                if (known != null) {
                    known.messages.put(payload.message(), number);
                }
            };
        }
        return () -> {};
    }

    private StepListener listener(NodeId node) {
        if (!wish.isOf(node)) {
            return StepListener.NOBODY;
        }
        Causes known = new Causes();
        causes.put(node, known);
        SimulatedNode<S> simulated = simulation.existing(node);
        return new StepLog<>(
                new StepLog.Origin<>(node, simulation.settings().machine(), simulated::state),
                new StepLog.Numbers() {
                    @Override
                    public long current() {
                        return currentEvent();
                    }

                    @Override
                    public long atNanos(long nodeNanos) {
                        return simulation.nowNanos();
                    }

                    @Override
                    public Optional<Long> cause(Event event) {
                        return known.of(event);
                    }
                },
                wish.levels().contains(LogLevel.STATE),
                step -> {
                    known.handled(step);
                    if (LogText.isOfInterest(step, wish.levels())) {
                        sink.step(step);
                    }
                });
    }

    private void note(NodeId node, LogLevel level, String text) {
        if (wish.levels().contains(level) && wish.isOf(node)) {
            sink.note(simulation.nowNanos(), node, level, text);
        }
    }

    private void decided(Decision decision) {
        note(
                decision.node(),
                LogLevel.GENERATED,
                decision.node() + " chooses " + decision.alternatives().get(decision.chosen()) + " of "
                        + decision.alternatives() + " for " + decision.choice() + " ("
                        + decision.source().name().toLowerCase(Locale.ROOT) + ")");
    }

    /** What goes wrong from outside. */
    private final class Faults implements FaultListener {
        @Override
        public void atNode(NodeId node, String what) {
            note(node, LogLevel.GENERATED, node + " " + what);
        }

        @Override
        public void between(NodeId from, NodeId to, String what) {
            note(from, LogLevel.GENERATED, String.format(what, "from " + from + " to " + to));
        }

        @Override
        public void toMessage(NodeId from, NodeId to, String what, Object message) {
            note(from, LogLevel.MESSAGE, what + ": " + FieldValue.text(message) + " from " + from + " to " + to);
        }
    }
}
