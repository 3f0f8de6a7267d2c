package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Dispatch;
import dev.foresail.predictor.fixture.DispatchMachine;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.node.Basis;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.RestingNode;
import dev.foresail.predictor.node.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A front node with two workers has handed out a job, and will hand out another. */
class PreResolutionTest {
    private static final NodeId FRONT = NodeId.of(1);
    private static final Event SUBMIT = new Event.Call("submit", List.of(7L));
    private static final long LIFE_NANOS = 500_000_000L;

    private final DispatchMachine machine = new DispatchMachine();
    private final Features<Dispatch> features = new Features<>(machine);
    private final ValueCache cache = new ValueCache(10, Duration.ofMinutes(1), () -> 0);
    private final PreResolution<Dispatch> ahead = preResolution(true);
    private final Front front = new Front();

    private PreResolution<Dispatch> preResolution(boolean isOwn) {
        return new PreResolution<>(machine, features, choice -> isOwn, cache, 1_000_000_000L, LIFE_NANOS);
    }

    /** Between two events. */
    private static final class Front implements RestingNode<Dispatch> {
        private final Dispatch state = Dispatch.withWorkers(NodeId.of(2), NodeId.of(3));
        private final SortedMap<NodeId, Channel> channels = new TreeMap<>();

        Front() {
            for (NodeId worker : List.of(NodeId.of(2), NodeId.of(3))) {
                Channel channel = new Channel();
                channel.exported(new Exported(0, List.of(0), 0));
                channels.put(worker, channel);
            }
        }

        @Override
        public NodeId self() {
            return FRONT;
        }

        @Override
        public Dispatch state() {
            return state;
        }

        @Override
        public SortedMap<NodeId, Channel> channels() {
            return channels;
        }

        @Override
        public OptionalLong timerDueNanos(String timer) {
            return OptionalLong.empty();
        }

        @Override
        public Snapshot<Dispatch> snapshot() {
            throw new IllegalStateException("nothing is predicted here");
        }
    }

    private Optional<PreResolution.Coming> next() {
        return ahead.next(front, features.own(front.state(), front.channels(), 0));
    }

    @Test
    void aChoiceThatHasComeIsThoughtOfAgainUntilItsValuesAreKnown() {
        assertTrue(ahead.isPossible());
        assertEquals(Optional.empty(), next(), "nothing has come yet");
        ahead.met(FRONT, front.state(), SUBMIT);
        PreResolution.Coming coming = next().orElseThrow();
        assertEquals(SUBMIT, coming.event());
        assertEquals(2, coming.alternatives().size());
        cache.put(coming.features(), new Evaluation(0, List.of(), 4), Optional.empty(), Basis.NONE);
        assertEquals(Optional.empty(), next());
    }

    @Test
    void choicesOfOthersAreNot() {
        PreResolution<Dispatch> foreign = preResolution(false);
        foreign.met(FRONT, front.state(), SUBMIT);
        assertEquals(Optional.empty(), foreign.next(front, 0));
    }

    @Test
    void noMoreIsThoughtOfThanChoicesHaveEarned() {
        ahead.met(FRONT, front.state(), SUBMIT);
        int beforeAny = spendAll();
        assertEquals(4, beforeAny);
        ahead.spend();
        ahead.earn();
        assertEquals(4, spendAll(), "nothing is owed");
        for (int choice = 0; choice < 100; choice++) {
            ahead.earn();
        }
        assertEquals(16, spendAll(), "only so much is saved up");
    }

    private int spendAll() {
        int spent = 0;
        while (next().isPresent()) {
            ahead.spend();
            spent++;
        }
        assertFalse(next().isPresent());
        return spent;
    }

    @Test
    void aWorkerOfWhomNothingIsKnownIsNotForeseen() {
        ahead.met(FRONT, front.state(), SUBMIT);
        front.channels().remove(NodeId.of(3));
        assertEquals(Optional.empty(), next());
    }
}
