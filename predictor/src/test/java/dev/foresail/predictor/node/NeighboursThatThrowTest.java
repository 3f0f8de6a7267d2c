package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Recluse;
import dev.foresail.predictor.fixture.RecluseMachine;
import dev.foresail.predictor.fixture.RecordingHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A node that looks ahead, with a friend, whose protocol throws when asked for its neighbours. */
final class NeighboursThatThrowTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId FRIEND = NodeId.of(2);
    private static final NodeId STRANGER = NodeId.of(3);

    private final RecordingHost host = new RecordingHost();
    private final List<String> told = new ArrayList<>();
    private final RecluseMachine machine = new RecluseMachine();
    private final NodeRuntime<Recluse> node = new NodeRuntime<>(
            machine,
            SELF,
            machine.create(List.of()),
            new NodeRuntime.NodeParts<>(
                    host, NodeSettings.DEFAULT, new ManualResolver<>(true), Steering.none(), new NodeObserver() {
                        @Override
                        public void neighboursUnanswered(RuntimeException failure) {
                            told.add(String.valueOf(failure.getMessage()));
                        }
                    }),
            bound -> 0);

    private Set<NodeId> asked() {
        return host.takeSent().stream()
                .filter(sent -> sent.envelope() instanceof Envelope.CheckpointRequest)
                .map(RecordingHost.Sent::to)
                .collect(Collectors.toSet());
    }

    private void sulkingWithAFriend() {
        node.call("befriend", List.of(FRIEND));
        host.advanceMillis(5_000);
        host.takeSent();
        assertEquals(List.of(), told);
        node.call("sulk", List.of(true));
    }

    @Test
    void aMessageOverANewConnectionIsHandledAllTheSame() {
        sulkingWithAFriend();
        node.receive(STRANGER, new Envelope.Payload(1, 4, 0, new Recluse.Word(1)));
        assertEquals(1, node.state().heard());
        assertGoesOn();
    }

    @Test
    void aBrokenConnectionIsHandledAllTheSame() {
        sulkingWithAFriend();
        node.call("tell", List.of(FRIEND));
        node.connectionError(FRIEND);
        assertEquals(1, node.state().lost());
        assertGoesOn();
    }

    @Test
    void thoseThatItNamedLastAreAskedForCheckpoints() {
        sulkingWithAFriend();
        node.gatherSoon();
        host.advanceMillis(0);
        assertEquals(Set.of(FRIEND), asked());
        assertFalse(node.snapshot().isComplete(machine));
        assertGoesOn();
    }

    @Test
    void onceItAnswersAgainItIsBelieved() {
        sulkingWithAFriend();
        node.call("befriend", List.of(STRANGER));
        node.call("sulk", List.of(false));
        host.advanceMillis(5_000);
        assertEquals(Set.of(FRIEND, STRANGER), asked());
    }

    private void assertGoesOn() {
        assertEquals(List.of(), host.failures());
        assertFalse(node.hasFailed());
        assertTrue(told.contains("none of your business"), told::toString);
    }
}
