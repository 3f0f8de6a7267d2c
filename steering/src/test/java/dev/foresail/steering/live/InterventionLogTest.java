package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.logging.LimitedLog;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterventionLogTest {
    private final InterventionLog log = new InterventionLog();

    private void add(Object argument, String property, boolean steered) {
        Event event = new Event.Call("store", List.of(argument));
        log.add(new Intervention(NodeId.of(1), event, "store", property, Intervention.Kind.CHECK, steered));
    }

    @Test
    void whatIsTooOldToBeListedStillCounts() {
        add(0, "isNotOverfull", true);
        for (int number = 1; number <= InterventionLog.CAPACITY; number++) {
            add(number, "isNotEmpty", number % 2 == 0);
        }
        assertEquals(InterventionLog.CAPACITY, log.latest().size());
        assertEquals(
                new Event.Call("store", List.of(1)).toString(),
                log.latest().get(0).event());
        assertEquals(1, log.count("isNotOverfull", true));
        assertEquals(0, log.count("isNotOverfull", false));
        assertEquals(InterventionLog.CAPACITY / 2, log.count("isNotEmpty", true));
        assertEquals(InterventionLog.CAPACITY / 2, log.count("isNotEmpty", false));
    }

    @Test
    void howMuchIsKeptIsNotUpToWhoeverSendsWhatIsTurnedAway() {
        add("\n" + "x".repeat(1 << 20), "isNotOverfull", true);
        String event = log.latest().get(0).event();
        assertTrue(event.startsWith("Call[name=store, arguments=[?xxx"), event);
        assertTrue(event.length() < LimitedLog.MAX_CHARACTERS + 50, event);
    }
}
