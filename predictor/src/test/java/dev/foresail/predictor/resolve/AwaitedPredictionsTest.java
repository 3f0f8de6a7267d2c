package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.node.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two calls wait for predictions; what resumes them asks for what they get. */
class AwaitedPredictionsTest {
    private static final Event FIRST = new Event.Call("submit", List.of(1L));
    private static final Event SECOND = new Event.Call("submit", List.of(2L));
    private static final List<Alternative> ALTERNATIVES =
            List.of(new Alternative(0, List.of("left")), new Alternative(0, List.of("right")));

    private final AwaitedPredictions awaited = new AwaitedPredictions();
    private final List<String> got = new ArrayList<>();

    private static Optional<ValueCache.Entry> madeFor(Event event) {
        return Optional.of(new ValueCache.Entry(new Evaluation(1, List.of(), 4), 0, 0, Optional.of(event), Basis.NONE));
    }

    private void take(String name, Event event) {
        boolean isThere = awaited.take(event, ALTERNATIVES).isPresent();
        got.add(name + (isThere ? " is answered" : awaited.isGivingUp() ? " gives up" : " finds nothing"));
    }

    @Test
    void whoWaitsIsResumedWithItsAnswerWhichServesOnce() {
        assertTrue(awaited.areNone());
        awaited.begin(7);
        assertTrue(awaited.isUnderWay(7) && !awaited.areNone());
        awaited.add(7, () -> take("the first", FIRST));
        awaited.add(7, () -> take("another event", SECOND));
        awaited.add(7, () -> take("the first again", FIRST));
        List<Runnable> waiting = awaited.end(7);
        assertTrue(awaited.areNone(), "it may be asked for again by those who are resumed");
        awaited.resume(waiting, ALTERNATIVES, madeFor(FIRST));
        assertEquals(
                List.of("the first is answered", "another event finds nothing", "the first again finds nothing"), got);
        take("afterwards the first", FIRST);
        assertEquals("afterwards the first finds nothing", got.get(3));
    }

    @Test
    void anEventThatMayDoSomethingElseNowDoesNotGetIt() {
        awaited.begin(7);
        awaited.add(
                7,
                () -> assertFalse(
                        awaited.take(FIRST, ALTERNATIVES.subList(0, 1)).isPresent()));
        awaited.resume(awaited.end(7), ALTERNATIVES, madeFor(FIRST));
    }

    @Test
    void whereNoPredictionIsToBeHadWhoeverWaitsGivesUp() {
        awaited.begin(7);
        awaited.add(7, () -> take("the first", FIRST));
        awaited.resume(awaited.end(7), ALTERNATIVES, Optional.empty());
        assertEquals(List.of("the first gives up"), got);
        assertFalse(awaited.isGivingUp());
    }

    /** Where predictions are made on the calling thread. */
    @Test
    void anAnswerWithinAnAnswerHidesTheOuterOneUntilItIsOver() {
        awaited.begin(7);
        awaited.add(7, () -> {
            awaited.begin(8);
            awaited.add(8, () -> take("the second", SECOND));
            awaited.resume(awaited.end(8), ALTERNATIVES, madeFor(SECOND));
            awaited.begin(9);
            awaited.add(9, () -> take("the third", SECOND));
            awaited.resume(awaited.end(9), ALTERNATIVES, Optional.empty());
            take("the first", FIRST);
        });
        awaited.resume(awaited.end(7), ALTERNATIVES, madeFor(FIRST));
        assertEquals(List.of("the second is answered", "the third gives up", "the first is answered"), got);
    }

    @Test
    void aHandlerThatThrowsLeavesNoAnswerBehind() {
        awaited.begin(7);
        awaited.add(7, () -> {
            throw new IllegalStateException("of the author's");
        });
        assertThrows(IllegalStateException.class, () -> awaited.resume(awaited.end(7), ALTERNATIVES, madeFor(FIRST)));
        take("the first", FIRST);
        assertEquals(List.of("the first finds nothing"), got);
    }

    @Test
    void whatCouldNotBeAskedForIsNotUnderWay() {
        awaited.begin(7);
        awaited.abandon(7);
        assertTrue(awaited.areNone());
        awaited.add(7, () -> take("the first", FIRST));
        assertEquals(List.of(), awaited.end(7));
    }
}
