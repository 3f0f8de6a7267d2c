package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A desk files letters, each a choice; it knows its trays, and not who writes. */
class LikelyEventsTest {
    private static final NodeId DESK = NodeId.of(1);
    private static final NodeId TRAY = NodeId.of(2);
    private static final NodeId CLERK = NodeId.of(90);
    private static final NodeId OTHER_CLERK = NodeId.of(91);

    private final LikelyEvents<Desk> likely = new LikelyEvents<>(new DeskMachine());
    private final Desk desk = Desk.withTrays(TRAY);

    private void met(Event event) {
        likely.met(DESK, desk, event);
    }

    private static Event letter(NodeId from, long number) {
        return new Event.Delivery(from, new Desk.Letter(number));
    }

    @Test
    void whatStrangersSendIsTheSameWhoeverTheyAre() {
        met(letter(CLERK, 1));
        met(letter(OTHER_CLERK, 1));
        assertEquals(1, likely.all().size());
        Event.Delivery delivery = (Event.Delivery) likely.all().get(0);
        assertEquals(new Desk.Letter(1), delivery.message());
        assertNotEquals(CLERK, delivery.from());
        assertNotEquals(OTHER_CLERK, delivery.from());
    }

    @Test
    void whoIsKnownStaysWhoTheyAre() {
        met(letter(TRAY, 1));
        met(letter(DESK, 2));
        assertEquals(List.of(letter(DESK, 2), letter(TRAY, 1)), likely.all());
    }

    @Test
    void theLastFewAreRememberedOfWhatMayBeAChoice() {
        for (long number = 1; number <= 5; number++) {
            met(letter(TRAY, number));
            met(new Event.Delivery(TRAY, new Desk.Filed(number)));
            met(new Event.Call("close", List.of()));
        }
        assertEquals(List.of(letter(TRAY, 5), letter(TRAY, 4), letter(TRAY, 3)), likely.all());
        assertTrue(likely.arePossible());
    }
}
