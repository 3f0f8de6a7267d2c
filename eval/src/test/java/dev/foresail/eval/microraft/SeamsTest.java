package dev.foresail.eval.microraft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.message.RaftMessage;
import io.microraft.transport.Transport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Time, dice, network and executor of a Raft node are those of the simulated node whose handler runs. */
final class SeamsTest {
    private final FakeNode node = new FakeNode();
    private final Seams seams = new Seams();

    @Test
    void oneMessageInTwentyIsLost() {
        Transport transport = seams.transport(0.05);
        RaftMessage message = new DefaultRaftModelFactory()
                .createPreVoteResponseBuilder()
                .setGroupId(0)
                .setSender(new Peer(NodeId.of(1)))
                .build();
        seams.enter(node);
        for (int count = 0; count < 10_000; count++) {
            transport.send(new Peer(NodeId.of(2)), message);
        }
        assertEquals(9_500, node.sent.size(), 100);
        assertEquals(new Carried(message), node.sent.get(0));
    }

    @Test
    void nothingReachesTheWorldOutsideOfAHandler() {
        Clock clock = seams.clock();
        node.nowNanos = 1_500_000_000;
        seams.enter(node);
        assertEquals(1_500, clock.millis());
        assertEquals(clock.instant().toEpochMilli(), clock.millis());
        seams.leave();
        assertThrows(IllegalStateException.class, clock::millis);
    }

    @Test
    void dicesAreTheNodesAndAllSidesComeUp() {
        Random random = seams.random();
        seams.enter(node);
        List<Integer> first = random.ints(100, 0, 10).boxed().toList();
        assertEquals(10, first.stream().distinct().count());
        Seams others = new Seams();
        others.enter(new FakeNode());
        assertEquals(first, others.random().ints(100, 0, 10).boxed().toList());
        assertTrue(random.ints(100).anyMatch(drawn -> drawn < 0), "all 32 bits are drawn");
    }

    @Test
    void whatIsDueIsDoneInOrderAndWithWhatComesOfIt() {
        List<String> done = new ArrayList<>();
        Agenda agenda = new Agenda(() -> node.nowNanos);
        assertEquals(Agenda.NEVER, agenda.nextNanos());
        agenda.schedule(() -> done.add("late"), 2, TimeUnit.SECONDS);
        agenda.schedule(
                () -> {
                    done.add("first");
                    agenda.submit(() -> done.add("of the first"));
                },
                1,
                TimeUnit.SECONDS);
        agenda.schedule(() -> done.add("second"), 1, TimeUnit.SECONDS);
        agenda.execute(() -> done.add("at once"));
        assertEquals(1_000_000_000, agenda.nextNanos());
        agenda.runDue();
        assertEquals(List.of("at once"), done);
        node.nowNanos = 1_000_000_000;
        agenda.runDue();
        assertEquals(List.of("at once", "first", "of the first", "second"), done);
        assertEquals(2_000_000_000, agenda.nextNanos());
    }
}
