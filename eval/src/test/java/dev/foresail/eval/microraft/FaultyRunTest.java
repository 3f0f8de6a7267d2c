package dev.foresail.eval.microraft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.microraft.Deployment.Flushing;
import io.microraft.RaftConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A group of three under faults: crashes, pauses, cuts, losses of power. */
final class FaultyRunTest {
    private static final Duration LENGTH = Duration.ofSeconds(45);

    @Test
    void withTheStoreAsItShouldBeEverythingHoldsAndTheSameSeedGivesTheSameRun() {
        FaultySeed seed = FaultySeed.of(1, LENGTH);
        assertEquals(List.of(), seed.right().mistakes());
        assertEquals(List.of(), seed.right().violations());
        assertTrue(seed.right().acknowledgedAtTheEnd() > 100, seed::toString);
        assertTrue(seed.isRepeated(), seed::toString);
        assertNotEquals(
                seed.right().digest(), FaultyRun.of(Flushing.AT_ONCE, 2, LENGTH).digest());
    }

    @Test
    void anAcknowledgementBeforeTheFlushIsFoundOut() {
        Optional<FaultyRun> found = LongStream.rangeClosed(1, 5)
                .mapToObj(seed -> FaultyRun.of(Flushing.LATE, seed, LENGTH))
                .filter(run -> !run.violations().isEmpty())
                .findFirst();
        FaultyRun run = found.orElseThrow();
        assertFalse(run.mistakes().isEmpty());
        assertTrue(run.toText().matches("seed \\d+: \\w+ is violated at \\d+\\.\\d{6} s; .+"), run::toText);
    }

    @Test
    void groupsDoNotMixAndEachGetsItsOperationsThrough() {
        Deployment deployment = Deployment.ofThrees(4, RaftConfig.DEFAULT_RAFT_CONFIG, Flushing.AT_ONCE);
        RaftTrial trial = new RaftTrial(deployment, 1);
        trial.runUntil(Duration.ofSeconds(20));
        assertEquals(List.of(), trial.mistakes());
        deployment
                .judges()
                .forEach(judge -> assertTrue(
                        judge.acknowledgements() > 500 && judge.acknowledgements() <= judge.proposals(),
                        () -> judge.acknowledgements() + " of " + judge.proposals()));
    }

    @Test
    void aRunningNodeCannotBeCopied() {
        Deployment deployment = Deployment.ofThrees(1, RaftConfig.DEFAULT_RAFT_CONFIG, Flushing.AT_ONCE);
        RaftMachine machine = new RaftMachine();
        Member member = machine.create(List.of(deployment));
        assertThrows(UnsupportedOperationException.class, () -> machine.copy(member));
        assertEquals("Member{not started, on disk up to 0}", machine.describe(member));
    }
}
