package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Latencies;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Choices;
import dev.foresail.predictor.reference.ReferenceWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A run of a model with bounds on time, as it may really be: everything has an exact time, drawn within its bounds, and
 * what comes first happens first. Knows nothing of intervals. Not thread-safe.
 */
final class TimedRun {
    static final long NEVER = Long.MAX_VALUE;

    private final SystemModel<Automaton> model;
    private final Latencies latencies;
    private final Choices choices;
    private final List<Flight> flights = new ArrayList<>();
    private final List<Armed> armed = new ArrayList<>();
    private ReferenceWorld<Automaton> world;
    private long now;

    TimedRun(SystemModel<Automaton> model, ReferenceWorld<Automaton> world, Choices choices) {
        this.model = model;
        this.latencies = model.latencies().orElseThrow();
        this.choices = choices;
        this.world = world;
        for (NodeId node : model.nodes().keySet()) {
            for (Event.Delivery delivery : world.inFlightTo(node)) {
                send(delivery.from(), node, delivery.message());
            }
        }
    }

    private record Flight(NodeId from, NodeId to, Object message, long due) {}

    private record Armed(NodeId node, String timer, long due) {}

    ReferenceWorld<Automaton> world() {
        return world;
    }

    /** A timer that is armed from the beginning fires between these times. */
    void arm(NodeId node, String timer, long earliest, long latest) {
        armed.add(new Armed(node, timer, between(earliest, latest == NEVER ? earliest + 20_000_000_000L : latest)));
    }

    private long between(long least, long most) {
        return switch (choices.below(3)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + (most - least) / 1_000 * choices.below(1_000);
        };
    }

    private void send(NodeId from, NodeId to, Object message) {
        if (!model.nodes().containsKey(to)) {
            return;
        }
        Latencies.Bounds bounds = latencies.link(from, to);
        long due = now + between(bounds.minNanos(), bounds.maxNanos());
        if (model.network() == Network.ORDERED) {
            for (Flight flight : flights) {
                due = flight.from.equals(from) && flight.to.equals(to) ? Math.max(due, flight.due) : due;
            }
        } else if (!world.isUp(to)) {
            due = NEVER;
        }
        flights.add(new Flight(from, to, message, due));
    }

    /** What happens next, and what came of it; empty when nothing does. */
    Optional<ReferenceWorld.Transition<Automaton>> step() {
        long first = NEVER;
        for (Flight flight : flights) {
            first = Math.min(first, flight.due);
        }
        for (Armed timer : armed) {
            first = Math.min(first, timer.due);
        }
        List<Action> all = world.actions();
        List<Action> free = all.stream().filter(action -> !hasTime(action)).toList();
        boolean isFree = !free.isEmpty() && (first == NEVER || choices.below(3) == 1);
        if (!isFree && first == NEVER) {
            return Optional.empty();
        }
        Action action;
        if (isFree) {
            now = between(now, first == NEVER ? now + 10_000_000_000L : first);
            action = choices.oneOf(free);
        } else {
            now = first;
            action = choices.oneOf(all.stream().filter(this::isDue).toList());
        }
        ReferenceWorld.Taken<Automaton> taken = world.take(action);
        if (taken.thrown().isEmpty()) {
            world = taken.world();
            happened(action, taken);
        }
        return Optional.of(new ReferenceWorld.Transition<>(action, taken));
    }

    private static boolean hasTime(Action action) {
        return action instanceof Action.Handle handle
                && (handle.event() instanceof Event.Delivery || handle.event() instanceof Event.TimerFired);
    }

    private boolean isDue(Action action) {
        if (!(action instanceof Action.Handle handle)) {
            return false;
        } else if (handle.event() instanceof Event.TimerFired fired) {
            return armed.contains(new Armed(handle.node(), fired.name(), now));
        }
        return handle.event() instanceof Event.Delivery delivery
                && flights.contains(new Flight(delivery.from(), handle.node(), delivery.message(), now));
    }

    private void happened(Action action, ReferenceWorld.Taken<Automaton> taken) {
        NodeId node = action.node();
        if (action instanceof Action.Handle handle) {
            handled(handle);
        } else if (action instanceof Action.Loss loss) {
            flights.remove(choices.oneOf(flights.stream()
                    .filter(flight -> isOn(flight, loss.from(), node) && flight.message.equals(loss.message()))
                    .toList()));
        } else if (action instanceof Action.Break broken) {
            cut(flight -> isOn(flight, node, broken.peer()) || isOn(flight, broken.peer(), node));
        } else if (action instanceof Action.Restart) {
            reschedule(node, now + between(0, 5_000_000_000L));
        } else {
            ended(node);
        }
        rearm(node, taken.timersSet());
        taken.sends().forEach(sent -> send(node, sent.to(), sent.message()));
    }

    private static boolean isOn(Flight flight, NodeId from, NodeId to) {
        return flight.from.equals(from) && flight.to.equals(to);
    }

    private void handled(Action.Handle handle) {
        if (handle.event() instanceof Event.Delivery delivery) {
            flights.remove(new Flight(delivery.from(), handle.node(), delivery.message(), now));
        } else if (handle.event() instanceof Event.TimerFired fired) {
            armed.remove(new Armed(handle.node(), fired.name(), now));
        }
    }

    private void ended(NodeId node) {
        armed.removeIf(timer -> timer.node.equals(node));
        cut(flight -> flight.from.equals(node) || flight.to.equals(node));
        if (!world.isUp(node)) {
            reschedule(node, NEVER);
        }
    }

    private void rearm(NodeId node, Map<String, Long> delays) {
        armed.removeIf(timer -> timer.node.equals(node)
                && (!world.armed(node).contains(timer.timer) || delays.containsKey(timer.timer)));
        delays.forEach((timer, delay) -> arm(node, timer, now + delay, now + delay + latencies.timerSlackNanos()));
    }

    private void cut(Predicate<Flight> lost) {
        if (model.network() == Network.ORDERED) {
            flights.removeIf(lost);
        }
    }

    /** A network that keeps no order keeps what it has for a node that is down. */
    private void reschedule(NodeId node, long due) {
        if (model.network() != Network.ORDERED) {
            flights.replaceAll(flight -> flight.to.equals(node) && (due == NEVER || flight.due == NEVER)
                    ? new Flight(flight.from, flight.to, flight.message, due)
                    : flight);
        }
    }

    /** How many messages are in flight. */
    int inFlight() {
        return flights.size();
    }
}
