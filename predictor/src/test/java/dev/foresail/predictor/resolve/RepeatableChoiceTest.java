package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.predictor.fixture.Ferry;
import dev.foresail.predictor.fixture.FerryMachine;
import dev.foresail.predictor.fixture.Snapshots;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.lookahead.Prediction;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.RestingNode;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A ferry with two piers that are worth about the same, and sails every second. */
class RepeatableChoiceTest {
    private static final NodeId FERRY = NodeId.of(1);
    private static final Event SAIL = new Event.TimerFired("sail");
    private static final long SECOND = 1_000_000_000L;

    private final FerryMachine machine = new FerryMachine();
    private final Told told = new Told();
    private long nowNanos;
    private final PredictedResolver<Ferry> resolver = new PredictedResolver<>(
            new BoundObjective<>(machine, Objective.minimize("crowding", Duration.ofSeconds(3))),
            machine,
            (from, to, random) -> 1_000_000,
            new PredictedResolver.Parts(new ValueCache(10, Duration.ofMinutes(1), () -> nowNanos), told),
            2,
            1);
    private final Ferry ferry = Ferry.between(NodeId.of(2), NodeId.of(3));

    /** Predicts what it is told to. */
    private static final class Told implements PredictionExecutor {
        final Deque<Evaluation> next = new ArrayDeque<>();

        @Override
        @SuppressWarnings("unchecked") // evaluations are all that is predicted
        public <P extends Prediction> void execute(Supplier<P> prediction, Consumer<Optional<P>> whenDone) {
            whenDone.accept(Optional.of((P) next.remove()));
        }
    }

    private static Evaluation evaluation(int best, Integer... rivals) {
        return new Evaluation(
                best,
                List.of(new Decision.Value(best == 0 ? 1 : 2, 0, 4), new Decision.Value(best == 1 ? 1 : 2, 0, 4)),
                8,
                new TreeSet<>(List.of(rivals)),
                List.of());
    }

    private Resolution.Decided sail() {
        List<Alternative> alternatives = machine.alternatives(ferry, SAIL, new GuardNode(FERRY));
        return assertInstanceOf(
                Resolution.Decided.class,
                resolver.resolve(new ChoiceContext<>(
                        machine,
                        FERRY,
                        EventRules.choiceName(machine, alternatives),
                        EventRules.choice(machine, alternatives),
                        SAIL,
                        alternatives,
                        ferry,
                        channels(),
                        nowNanos,
                        false,
                        this::snapshot,
                        () -> {})));
    }

    private static SortedMap<NodeId, Channel> channels() {
        SortedMap<NodeId, Channel> channels = new TreeMap<>();
        for (NodeId pier : List.of(NodeId.of(2), NodeId.of(3))) {
            Channel channel = new Channel();
            channel.exported(new Exported(0, List.of(0), 0));
            channels.put(pier, channel);
        }
        return channels;
    }

    /** In which every pier is known, else values serve once. */
    private Snapshot<Ferry> snapshot() {
        return Snapshots.of(
                Snapshots.checkpoint(FERRY, ferry, List.of(), channels()),
                Snapshots.checkpoint(NodeId.of(2), new Ferry(), List.of(), Map.of()),
                Snapshots.checkpoint(NodeId.of(3), new Ferry(), List.of(), Map.of()));
    }

    /** The ferry, whose timer goes off so soon. */
    private final class Moored implements RestingNode<Ferry> {
        private final long dueNanos;

        Moored(long dueNanos) {
            this.dueNanos = dueNanos;
        }

        @Override
        public NodeId self() {
            return FERRY;
        }

        @Override
        public Ferry state() {
            return ferry;
        }

        @Override
        public SortedMap<NodeId, Channel> channels() {
            return RepeatableChoiceTest.channels();
        }

        @Override
        public OptionalLong timerDueNanos(String timer) {
            return OptionalLong.of(dueNanos);
        }

        @Override
        public Snapshot<Ferry> snapshot() {
            return RepeatableChoiceTest.this.snapshot();
        }
    }

    @Test
    void itDoesNotChangeOverToWhatCannotBeToldFromWhatItWas() {
        told.next.add(evaluation(0, 0, 1));
        assertEquals(Decision.Source.FALLBACK, sail().source(), "nothing is known yet");
        assertEquals(0, sail().index());
        nowNanos += SECOND;
        told.next.add(evaluation(1, 0, 1));
        assertEquals(0, sail().index(), "predicted anew when it is used");
        assertTrue(told.next.isEmpty());
        Resolution.Decided steady = sail();
        assertEquals(0, steady.index(), "the other one is not clearly better");
        assertEquals(2, steady.values().get(0).mean(), "the values are the new ones");
        nowNanos += SECOND;
        told.next.add(evaluation(1, 1));
        sail();
        assertEquals(1, sail().index(), "now it is");
        nowNanos += SECOND;
        told.next.add(evaluation(0, 0, 1));
        sail();
        assertEquals(1, sail().index(), "and there is no way back by chance either");
    }

    @Test
    void itsValuesAreMadeAnewShortlyBeforeItsTimerGoesOff() {
        told.next.add(evaluation(0, 0));
        resolver.met(new Moored(SECOND), SAIL);
        sail();
        assertTrue(told.next.isEmpty());
        nowNanos += 150_000_000;
        resolver.rests(new Moored(100_000_000));
        nowNanos += SECOND;
        told.next.add(evaluation(1, 1));
        resolver.rests(new Moored(SECOND));
        assertEquals(1, told.next.size(), "the timer has time");
        resolver.rests(new Moored(100_000_000));
        assertTrue(told.next.isEmpty());
        assertEquals(1, sail().index());
        nowNanos += 100_000_000;
        resolver.rests(new Moored(1));
    }
}
