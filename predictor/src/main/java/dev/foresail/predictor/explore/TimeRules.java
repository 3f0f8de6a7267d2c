package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.Latencies;
import dev.foresail.predictor.model.SystemModel;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the bounds on latencies and timers say about the order of events. Stateless.
 *
 * <p>Of every message in flight and every armed timer there is a {@link Span} of when it can happen, counted from the last
 * event. An event can be the next one only when it can happen no later than everything else must have happened. Then at
 * least its earliest time has passed and at most the time until the first of the others must have happened, so that the
 * others' spans move on by so much. How times depend on each other is forgotten: an order that is possible is never left
 * out, but some that are not are kept. Calls, failures and connection errors can happen at any time.
 */
final class TimeRules {
    private final Latencies latencies;
    private final SystemModel<Object> model;
    private final Interning interning;

    TimeRules(SystemModel<Object> model, Latencies latencies, Interning interning) {
        this.model = model;
        this.latencies = latencies;
        this.interning = interning;
    }

    /** What is known before anything has happened in {@code world}. */
    Timing.Body initial(InitialWorld<Object> world) {
        TimingDraft draft = new TimingDraft(Timing.Body.EMPTY, 0, 0);
        for (InitialWorld.InFlight message : world.inFlight()) {
            OptionalInt to = interning.slot(message.to());
            if (to.isPresent()) {
                long most = latencies.link(message.from(), message.to()).maxNanos();
                Message arriving =
                        interning.message(to.getAsInt(), interning.sender(message.from()), message.message());
                draft.send(lane(to.getAsInt(), arriving), span(0, most));
            }
        }
        world.images()
                .forEach((node, image) -> image.timers()
                        .forEach(timer -> draft.arm(
                                interning.slotOf(node),
                                model.machine().timers().indexOf(timer),
                                left(world, node, timer))));
        return draft.body();
    }

    private Span left(InitialWorld<Object> world, NodeId node, String timer) {
        Optional<Long> most = world.timerLeft(node, timer);
        return most.map(left -> span(0, plusSlack(left))).orElse(Span.ANY_TIME);
    }

    private Span span(long leastNanos, long mostNanos) {
        return Span.ofNanos(leastNanos, mostNanos, latencies.unitNanos());
    }

    private long plusSlack(long nanos) {
        long slack = latencies.timerSlackNanos();
        return slack > Latencies.UNBOUNDED - nanos ? Latencies.UNBOUNDED : nanos + slack;
    }

    private Lane lane(int receiver, Message message) {
        return new Lane(receiver, message.from(), message.isInOrder() ? Optional.empty() : Optional.of(message));
    }

    private Lane laneOf(int slot, Move move) {
        return lane(slot, interning.message(slot, Cue.index(move.which)));
    }

    private Span when(Timing.Body body, int slot, Move move) {
        return switch (move.kind) {
            case DELIVERY, ANSWER ->
                Objects.requireNonNull(body.flights().get(laneOf(slot, move))).get(0);
            case TIMER -> Objects.requireNonNull(body.timers().get(Timing.timer(slot, Cue.index(move.which))));
            case CONNECTION_ERROR, CALL, START, CRASH, RESTART, SILENT_RESET, LOSS, BREAK -> Span.ANY_TIME;
        };
    }

    /** Whether {@code move} can be the next event. */
    boolean isTimely(Timing.Body body, int slot, Move move) {
        return when(body, slot, move).earliest() <= body.deadline();
    }

    /** What is known after {@code move}, which has not thrown; empty when it cannot be the next event. */
    Optional<Timing.Body> after(Timing.Body body, int slot, Move move) {
        long least = when(body, slot, move).earliest();
        long most = body.deadline();
        if (least > most) {
            return Optional.empty();
        }
        TimingDraft draft = new TimingDraft(body, least, most);
        happens(draft, slot, move);
        Outcome outcome = move.outcome;
        draft.keepArmed(slot, outcome.after().armed);
        outcome.delays().forEach((timer, delay) -> draft.arm(slot, timer, span(delay, plusSlack(delay))));
        for (int index = 0; index < outcome.messages().length; index++) {
            int receiver = outcome.receivers()[index];
            Latencies.Bounds bounds = latencies.link(interning.node(slot), interning.node(receiver));
            draft.send(lane(receiver, outcome.messages()[index]), span(bounds.minNanos(), bounds.maxNanos()));
        }
        return Optional.of(draft.body());
    }

    private void happens(TimingDraft draft, int slot, Move move) {
        switch (move.kind) {
            case DELIVERY, ANSWER -> draft.deliver(laneOf(slot, move));
            case LOSS -> draft.lose(laneOf(slot, move));
            case CRASH -> {
                draft.end(slot);
                draft.isDown(slot);
            }
            case RESTART -> draft.isUp(slot);
            case SILENT_RESET -> draft.end(slot);
            case BREAK -> draft.cut(slot, (int) move.which);
            // What becomes of timers, the outcome says.
            case TIMER, CONNECTION_ERROR, CALL, START -> {}
        }
    }
}
