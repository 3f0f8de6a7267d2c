package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.fixture.Authority;
import dev.foresail.steering.fixture.Council;
import dev.foresail.steering.fixture.CouncilMachine;
import dev.foresail.steering.fixture.Nodes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live councillors over real sockets, and what they know of each other's decisions. */
final class StableFactsLiveTest {
    private final Nodes nodes = new Nodes();
    private final CouncilMachine machine = new CouncilMachine();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void end() {
        nodes.close();
    }

    private Council at(long id) {
        return (Council) nodes.node(id).snapshotState().join();
    }

    /** What a node knows, such as n1=blue. */
    private SortedMap<NodeId, String> known(long id) {
        SortedMap<NodeId, String> known = new TreeMap<>();
        nodes.node(id)
                .onLoop(LiveHost::stableFacts)
                .join()
                .forEach((node, image) ->
                        known.put(node, ((Council) image).decided().orElse("nothing")));
        return known;
    }

    private void greet(long from, long to) {
        int before = at(to).greetings();
        nodes.node(from).call("greet", id(to)).join();
        Nodes.await("n" + from + "'s greeting at n" + to, () -> at(to).greetings() > before);
    }

    private static SortedMap<NodeId, String> only(long id, String value) {
        SortedMap<NodeId, String> one = new TreeMap<>();
        one.put(id(id), value);
        return one;
    }

    @Test
    void aDecisionIsKnownToWhoeverHearsOfItInAnyWay() {
        nodes.start(1, machine);
        nodes.start(2, machine);
        nodes.start(3, machine);
        nodes.node(1).call("decide", "blue").join();

        greet(1, 2);
        assertEquals(only(1, "blue"), known(2), "it goes ahead of the greeting");
        greet(2, 3);
        assertEquals(only(1, "blue"), known(3));
    }

    @Test
    void aDecisionGoesAtOnceToWhoeverIsConnected() {
        nodes.start(1, machine);
        nodes.start(2, machine);
        greet(1, 2);
        nodes.node(1).call("decide", "blue").join();
        Nodes.await("the news", () -> known(2).equals(only(1, "blue")));
    }

    @Test
    void aNodeThatBeginsAnewIsToldItsOwnPast() {
        nodes.start(1, machine);
        nodes.start(2, machine);
        nodes.node(1).call("decide", "blue").join();
        greet(1, 2);
        nodes.node(1).kill();
        nodes.start(1, machine);
        assertEquals(Optional.empty(), at(1).decided());

        Nodes.await("the break", () -> at(2).lost().contains(id(1)));
        greet(2, 1);
        assertEquals(only(1, "blue"), known(1));
        assertEquals(Optional.empty(), at(1).decided(), "the state is the protocol's");
    }

    @Test
    void whatIsKnownOutlivesTheNodeInItsStorage() {
        nodes.start(1, machine);
        nodes.withStorage(directory.resolve("n2.state")).start(2, machine);
        nodes.node(1).call("decide", "blue").join();
        greet(1, 2);
        greet(2, 1);
        nodes.node(2).call("decide", "red").join();
        Nodes.await("n2's decision at n1", () -> known(1).containsKey(id(2)));
        nodes.node(1).kill();
        nodes.node(2).kill();

        nodes.start(2, machine);

        SortedMap<NodeId, String> both = only(1, "blue");
        both.put(id(2), "red");
        assertEquals(both, known(2), "n1 knew n2's decision, so n2's storage did");
        assertEquals(Optional.empty(), at(2).decided());
    }

    @Test
    void withCertificatesWhatAPeerSaysOfOthersCountsAgainstItsOwnEventsOnly() {
        Authority authority = new Authority(directory.resolve("authority"));
        nodes.with(SteeringMode.STEER);
        for (long id = 1; id <= 3; id++) {
            nodes.with(authority.of(id)).start(id, machine);
        }
        nodes.node(1).call("decide", "blue").join();
        greet(1, 2);
        greet(2, 3);
        assertEquals(only(1, "blue"), known(2));
        assertEquals(new TreeMap<>(), known(3));

        nodes.node(2).call("urge", id(3), "red").join();
        Nodes.await("n3 to turn it away", () -> at(3).lost().contains(id(2)));
        assertEquals(Optional.empty(), at(3).decided());
        nodes.node(3).call("decide", "red").join();
        assertEquals(Optional.of("red"), at(3).decided());
    }
}
