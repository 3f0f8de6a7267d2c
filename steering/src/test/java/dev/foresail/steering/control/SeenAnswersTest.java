package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Answers;
import dev.foresail.steering.fixture.Granary.Sack;
import dev.foresail.steering.fixture.GranaryMachine;
import java.lang.reflect.Array;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a granary remembers of what others have sent it after it had sent them something. */
final class SeenAnswersTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId PEER = NodeId.of(2);
    private static final NodeId OTHER = NodeId.of(3);
    private static final String UNWRITABLE = "unwritable";

    private final GranaryMachine machine = new GranaryMachine();
    private final SeenAnswers answers = new SeenAnswers(machine, SELF);

    private Answers.Seen seen(NodeId from, int grain) {
        return Answers.Seen.of(machine, Sack.class, SELF, from, new Sack(grain));
    }

    @Test
    void whatComesNextFromWhoWasAskedIsTakenForTheAnswer() {
        answers.received(PEER, new Sack(1));
        assertEquals(List.of(), answers.all(), "nobody was asked");
        answers.sent(PEER, new Sack(2));
        answers.received(OTHER, new Sack(3));
        assertEquals(List.of(), answers.all(), "another was asked");
        answers.received(PEER, new Sack(4));
        answers.received(PEER, new Sack(5));
        assertEquals(List.of(seen(PEER, 4)), answers.all(), "the first that came");
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForWhenAnotherIsAsked() {
        answers.sent(PEER, new Sack(1));
        answers.sent(OTHER, new Sack(1));
        answers.received(PEER, new Sack(2));
        assertEquals(List.of(), answers.all());
        answers.received(OTHER, new Sack(3));
        assertEquals(List.of(seen(OTHER, 3)), answers.all());
    }

    @Test
    void theLatestIsKeptAndWhatIsKnownIsLookedAtEverMoreRarely() {
        int changes = 0;
        for (int round = 1; round <= 10_000; round++) {
            List<Answers.Seen> before = answers.all();
            answers.sent(PEER, new Sack(1));
            answers.received(PEER, new Sack(round));
            changes += answers.all().equals(before) ? 0 : 1;
        }
        assertEquals(1, answers.all().size());
        // The first two; then 1, 3, 7 and so on to 511 and from then on 1,023 are left out.
        assertEquals(2 + 9 + (10_000 - 2 - 9 - 1_013) / 1_024, changes);
    }

    @Test
    void nowAndThenTheNextQuestionIsLookedAtWhateverWasToBeLeftOut() {
        for (int round = 1; round <= 5_000; round++) {
            answers.sent(PEER, new Sack(1));
            answers.received(PEER, new Sack(round));
        }
        List<Answers.Seen> before = answers.all();
        answers.sent(PEER, new Sack(1));
        answers.received(PEER, new Sack(-1));
        assertEquals(before, answers.all(), "it is left out");
        answers.lookAgain();
        answers.sent(PEER, new Sack(1));
        answers.received(PEER, new Sack(-2));
        assertNotEquals(before, answers.all());
    }

    @Test
    void whatIsSentToOneselfIsNoQuestion() {
        answers.sent(SELF, new Sack(1));
        answers.received(SELF, new Sack(2));
        assertEquals(List.of(), answers.all());
    }

    @Test
    void thereIsAnEndToWhatIsRemembered() {
        SeenAnswers of = new SeenAnswers(writing(1), SELF);
        for (Object answer : List.of((byte) 1, (short) 1, 1, 1L, 1F, 1D, 'a')) {
            of.sent(PEER, new Sack(1));
            of.received(PEER, answer);
        }
        assertEquals(SeenAnswers.MOST_ANSWERS, of.all().size());
        Object[] questions = new Object[] {1, 2L, 3F, 4D, (short) 5, (byte) 6, 'g'};
        for (int dimension = 0; dimension < 20; dimension++) {
            for (Object question : questions) {
                of.sent(PEER, nested(question, dimension));
                of.received(PEER, new Sack(1));
            }
        }
        assertEquals(
                SeenAnswers.MOST_QUESTIONS,
                of.all().stream().map(Answers.Seen::question).distinct().count());
    }

    /** An array of arrays of it: as many types as one likes. */
    private static Object nested(Object innermost, int dimensions) {
        Object value = innermost;
        for (int dimension = 0; dimension < dimensions; dimension++) {
            Object[] around = (Object[]) Array.newInstance(value.getClass(), 1);
            around[0] = value;
            value = around;
        }
        return value;
    }

    @Test
    void whatIsVeryLongIsNotKept() {
        SeenAnswers of = new SeenAnswers(writing(SeenAnswers.LONGEST + 1), SELF);
        of.sent(PEER, new Sack(1));
        of.received(PEER, new Sack(1));
        assertEquals(List.of(), of.all());
    }

    @Test
    void anAnswerThatCannotBeWrittenIsWaitedForNoLonger() {
        SeenAnswers of = new SeenAnswers(writing(1), SELF);
        for (int round = 1; round <= 5; round++) {
            of.sent(PEER, new Sack(1));
            assertEquals(1, of.waiting());
            assertThrows(IllegalStateException.class, () -> of.received(PEER, UNWRITABLE));
            assertEquals(0, of.waiting());
            of.received(PEER, new Sack(1));
            assertEquals(List.of(), of.all(), "it has been answered");
        }
        of.sent(PEER, new Sack(1));
        of.received(PEER, new Sack(1));
        assertEquals(0, of.waiting());
        assertEquals(1, of.all().size());
    }

    /** A machine all of whose messages have so many bytes. */
    private static Machine<?> writing(int bytes) {
        return (Machine<?>) Proxy.newProxyInstance(
                SeenAnswersTest.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
                    if (arguments[0].equals(UNWRITABLE)) {
                        throw new IllegalStateException("cannot be written");
                    }
                    for (int written = 0; written < bytes; written++) {
                        ((StateWriter) arguments[1]).writeBoolean(true);
                    }
                    return null;
                });
    }
}
