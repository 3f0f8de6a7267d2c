package dev.foresail.eval.microraft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.microraft.GroupJudge.Promise;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Raft promises, and how it is noticed that a promise was broken. */
final class GroupJudgeTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId OTHER = NodeId.of(2);

    private final GroupJudge judge = new GroupJudge();

    private void assertBrokenIs(Promise... promises) {
        for (Promise promise : Promise.values()) {
            assertEquals(!Arrays.asList(promises).contains(promise), judge.keeps(promise), promise::label);
        }
    }

    @Test
    void aTermHasOneLeader() {
        judge.leads(ONE, 1, 0);
        judge.leads(ONE, 1, 0);
        judge.leads(OTHER, 2, 0);
        assertBrokenIs();
        judge.leads(OTHER, 1, 0);
        assertBrokenIs(Promise.ELECTION_SAFETY);
        assertEquals(List.of("electionSafety: n1 and n2 lead in term 1"), judge.mistakes());
    }

    @Test
    void aLeaderHasWhatWasCommittedBeforeItsTerm() {
        for (long index = 1; index <= 5; index++) {
            judge.applies(ONE, index, 3, 100 + index);
        }
        judge.leads(OTHER, 2, 0);
        judge.leads(OTHER, 4, 5);
        assertBrokenIs();
        judge.applies(OTHER, 6, 4, 106);
        judge.leads(ONE, 5, 5);
        assertBrokenIs(Promise.LEADER_COMPLETENESS);
        assertEquals(
                List.of("leaderCompleteness: n1 leads in term 5 with a log up to 5, though 6 was committed"),
                judge.mistakes());
    }

    @Test
    void theSameIndexAndTermIsTheSameEntryAfterTheSameEntries() {
        judge.writes(ONE, 1, 1, 11, 0);
        judge.writes(OTHER, 1, 1, 11, 0);
        judge.writes(ONE, 2, 2, 12, 1);
        judge.writes(OTHER, 1, 2, 99, 0);
        judge.writes(OTHER, 2, 1, 13, 1);
        assertBrokenIs();
        judge.writes(OTHER, 2, 2, 12, 2);
        assertBrokenIs(Promise.LOG_MATCHING);
        assertFalse(new GroupJudge().mistakes().iterator().hasNext());
    }

    @Test
    void anotherContentOfTheSameEntryIsNoticed() {
        judge.writes(ONE, 70, 1, 11, 1);
        judge.writes(OTHER, 70, 1, 12, 1);
        assertBrokenIs(Promise.LOG_MATCHING);
    }

    @Test
    void allApplyTheSameAtTheSameIndex() {
        judge.applies(ONE, 1, 1, 11);
        judge.applies(OTHER, 1, 2, 11);
        assertBrokenIs();
        judge.applies(ONE, 1, 2, 12);
        assertBrokenIs(Promise.STATE_MACHINE_SAFETY);
        assertTrue(judge.mistakes().get(0).contains("n1 applies something else at 1"), judge.mistakes()::toString);
    }
}
