package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.RecordingHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final RecordingHost host = new RecordingHost();
    private final Inbox inbox = new Inbox();
    private final List<String> done = new ArrayList<>();

    private void park(String source) {
        inbox.park(source, host.schedule(1_000_000, () -> done.add("timeout")), () -> done.add("expired"));
    }

    @Test
    void whatWaitsRunsInOrderWhenTheSourceIsReleased() {
        park("peer");
        assertEquals(1, inbox.enqueue("peer", () -> done.add("first")));
        assertEquals(2, inbox.enqueue("peer", () -> done.add("second")));
        assertFalse(inbox.isParked("other"), "other sources are not held back");
        assertEquals(List.of(), done);
        inbox.release("peer");
        assertEquals(List.of("first", "second"), done);
        assertFalse(inbox.isParked("peer"));
        host.advanceMillis(10);
        assertEquals(List.of("first", "second"), done, "the time-out is off");
    }

    @Test
    void whatWaitsBehindAnEventThatIsParkedAgainKeepsWaitingInOrder() {
        park("peer");
        inbox.enqueue("peer", () -> {
            done.add("first");
            park("peer");
        });
        inbox.enqueue("peer", () -> done.add("second"));
        inbox.release("peer");
        assertEquals(List.of("first"), done);
        assertTrue(inbox.isParked("peer"));
        inbox.enqueue("peer", () -> done.add("third"));
        inbox.release("peer");
        assertEquals(List.of("first", "second", "third"), done);
    }

    @Test
    void tooManyWaitingExpireTheParkedEvent() {
        park("peer");
        inbox.overflow("peer");
        inbox.overflow("nobody");
        assertEquals(List.of("expired"), done);
    }

    @Test
    void onlyAParkedSourceHoldsBack() {
        assertThrows(IllegalStateException.class, () -> inbox.enqueue("peer", () -> {}));
        inbox.release("peer");
        assertFalse(inbox.isParked("peer"));
    }
}
