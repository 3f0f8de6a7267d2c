package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.trace.Trace;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Granary;
import dev.foresail.steering.fixture.GranaryMachine;
import dev.foresail.steering.fixture.Mean;
import dev.foresail.steering.fixture.MeanMachine;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.storage.ExperienceStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two live granaries with room for 10 each. */
final class SteeredNodesTest {
    private final Nodes nodes = new Nodes().with(SteeringMode.STEER);
    private final GranaryMachine machine = new GranaryMachine();

    @AfterEach
    void end() {
        nodes.close();
    }

    private Granary at(long id) {
        return (Granary) nodes.node(id).snapshotState().join();
    }

    @Test
    void whoeverMakesACallThatWouldViolateAPropertyIsTold() {
        nodes.start(1, machine);
        nodes.node(1).call("store", 10).join();
        CompletionException refused;
        try (Logged logged = new Logged()) {
            refused = assertThrows(
                    CompletionException.class,
                    () -> nodes.node(1).call("store", 1).join());
            assertTrue(logged.has("[FS301] n1:") && logged.has("would violate isNotOverfull"), logged::toString);
        }
        assertEquals(
                "FS300",
                assertInstanceOf(NodeException.class, refused.getCause()).code());
        assertEquals(10, at(1).stored());
        assertEquals(1, nodes.node(1).statistics().eventsTurnedAway());
    }

    @Test
    void aMessageThatWouldViolateAPropertyIsLostWithItsConnectionAndTheNextOneArrives() {
        nodes.start(1, machine);
        nodes.start(2, machine);
        nodes.node(1).call("hand", Nodes.id(2), 11).join();
        Nodes.await(
                "both ends to hear of the break",
                () -> at(1).lost().equals(List.of(Nodes.id(2))) && at(2).lost().equals(List.of(Nodes.id(1))));
        assertEquals(0, at(2).stored());
        nodes.node(1).call("hand", Nodes.id(2), 4).join();
        Nodes.await("the second sack", () -> at(2).stored() == 4);
        List<PastIntervention> interventions = nodes.node(2).statistics().interventions();
        assertEquals(1, interventions.size());
        assertEquals("isNotOverfull", interventions.get(0).property());
    }

    /** Has a node foresee that the application asks once more for what it has asked for. */
    private void foreseen(long id) {
        nodes.node(id).call("store", 6).join();
        Nodes.await(
                "a look ahead", () -> nodes.node(id).statistics().lookingAhead().foreseen() > 0);
    }

    @Test
    void aCallThatIsForeseenToLeadToAViolationIsNotEvenTried() {
        nodes.start(1, machine);
        foreseen(1);
        assertEquals(1, nodes.node(1).statistics().lookingAhead().installedFilters());
        assertThrows(
                CompletionException.class, () -> nodes.node(1).call("store", 6).join());
        PastIntervention intervention =
                nodes.node(1).statistics().interventions().get(0);
        assertEquals(Intervention.Kind.FILTER, intervention.kind());
        assertTrue(intervention.steered());
        nodes.node(1).call("store", 2).join();
        assertEquals(8, at(1).stored(), "the filter is no wider than what is foreseen");
    }

    @Test
    void whoOnlyAdvisesSaysWhatTheFilterWouldDo() {
        nodes.with(SteeringMode.ADVISE).start(1, machine);
        foreseen(1);
        nodes.node(1).call("store", 6).join();
        assertEquals(12, at(1).stored());
        assertEquals(
                List.of(Intervention.Kind.FILTER, Intervention.Kind.CHECK),
                nodes.node(1).statistics().interventions().stream()
                        .map(PastIntervention::kind)
                        .toList());
        assertTrue(nodes.node(1).statistics().interventions().stream().noneMatch(PastIntervention::steered));
    }

    @Test
    void whoOnlyObservesHasNoFilters() {
        nodes.with(SteeringMode.OBSERVE).start(1, machine);
        try (Logged logged = new Logged()) {
            foreseen(1);
            assertTrue(logged.has("[FS303] n1 foresees that isNotOverfull is violated"), logged::toString);
        }
        assertEquals(0, nodes.node(1).statistics().lookingAhead().installedFilters());
    }

    @Test
    void whatAnUnknownNodeMayAnswerIsToldAndKeepsNothingAway() {
        nodes.start(1, machine);
        nodes.start(2, machine);
        try (Logged logged = new Logged()) {
            nodes.node(1).call("hand", Nodes.id(2), 1).join();
            Nodes.await("the sack", () -> at(2).stored() == 1);
            nodes.node(2).call("hand", Nodes.id(1), 6).join();
            Nodes.await("the other sack", () -> at(1).stored() == 6);
            nodes.node(1).call("hand", Nodes.id(9), 2).join();
            Nodes.await(
                    "a guess", () -> nodes.node(1).statistics().lookingAhead().possible() > 0);
            assertTrue(
                    logged.has("[FS350] n1: isNotOverfull may come to be violated")
                            && logged.has("n1 call hand[n9, 2]; n1 receives Sack[grain=6] from n9"),
                    logged::toString);
        }
        assertEquals(0, nodes.node(1).statistics().lookingAhead().installedFilters());
        assertEquals(0, nodes.node(1).statistics().eventsTurnedAway());
    }

    @Test
    void aRestartedNodeKnowsTheBadPathsThatItHasMet(@TempDir Path directory) {
        Path state = directory.resolve("node1.state");
        nodes.withStorage(state).start(1, machine);
        foreseen(1);
        nodes.node(1).close();
        List<Trace> kept = ExperienceStore.besides(state).load();
        assertEquals(1, kept.size());
        assertEquals("isNotOverfull", kept.get(0).header().property());
    }

    @Test
    void aPropertyThatThrowsDoesNotEndTheNode() {
        nodes.start(1, new MeanMachine());
        nodes.node(1).call("clear").join();
        nodes.node(1).call("weigh", 7).join();
        assertEquals(7, ((Mean) nodes.node(1).snapshotState().join()).total());
    }

    @Test
    void whoeverIsTurnedAwayOverAndOverDoesNotFillTheLog() {
        nodes.start(1, machine);
        try (Logged logged = new Logged()) {
            for (int knock = 0; knock < 2 * LimitedLog.MAX_LINES; knock++) {
                assertThrows(
                        CompletionException.class,
                        () -> nodes.node(1).call("store", 11).join());
            }
            assertEquals(LimitedLog.MAX_LINES, logged.count("would violate isNotOverfull"));
            assertTrue(logged.has("[FS301] more of this within this minute is only counted"), logged::toString);
        }
        assertEquals(2 * LimitedLog.MAX_LINES, nodes.node(1).statistics().interventions("isNotOverfull", true));
    }
}
