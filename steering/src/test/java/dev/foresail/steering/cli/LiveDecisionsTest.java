package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.predictor.decision.DecisionFile;
import dev.foresail.predictor.decision.DecisionWriter;
import dev.foresail.predictor.decision.KeptDecision;
import dev.foresail.predictor.node.Basis;
import dev.foresail.predictor.node.Decision;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken of a live node's latest decisions. */
final class LiveDecisionsTest {
    private static Decision decision(long number) {
        return new Decision(
                NodeId.of(4),
                number,
                number,
                "tree.delegate",
                new Event.Start(),
                List.of(new HandlerDescription("delegate", "", List.of(), List.of(), List.of())),
                List.of(Alternative.of(0), Alternative.of(0)),
                List.of(),
                0,
                Decision.Source.FALLBACK,
                0,
                0,
                false,
                Basis.NONE,
                false);
    }

    @Test
    void eachDecisionIsWrittenOnceAndThoseThatWereOverwrittenAreCounted(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("node.jsonl");
        try (LiveDecisions recorded = new LiveDecisions(
                Optional.of(DecisionWriter.create(file, new DecisionFile.Header("tree", "a test"))))) {
            recorded.take(List.of(decision(1), decision(2)));
            assertEquals(2, read(file).size(), "readable while the node runs");
            recorded.take(List.of(decision(1), decision(2), decision(3)));
            recorded.take(List.of(decision(6), decision(7)));
            assertEquals(2, recorded.missed());
        }
        assertEquals(
                List.of(1L, 2L, 3L, 6L, 7L),
                read(file).stream().map(KeptDecision::atNanos).toList());
    }

    private static List<KeptDecision> read(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file)) {
            return DecisionFile.read(in).decisions();
        }
    }

    @Test
    void whoDoesNotWantThemHasNoFile() {
        try (LiveDecisions none = new LiveDecisions(Optional.empty())) {
            none.take(List.of(decision(1)));
            assertTrue(!none.isWanted() && none.missed() == 0);
        }
    }
}
