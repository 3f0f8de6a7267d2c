package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.fixture.RecordingHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final long MILLI = 1_000_000L;

    private final RecordingHost host = new RecordingHost();
    private final List<String> fired = new ArrayList<>();
    private final Timers timers = new Timers(host, name -> fired.add(name + " " + host.nowNanos() / MILLI));

    @Test
    void aTimerFiresOnceAndIsNotArmedWhileItsHandlerRuns() {
        List<Set<String>> armedThen = new ArrayList<>();
        Timers observed = new Timers(host, name -> fired.add(name));
        Timers watching = new Timers(host, name -> armedThen.add(Set.copyOf(observed.armed())));
        observed.set("tick", 5 * MILLI);
        watching.set("look", 5 * MILLI);
        host.advanceMillis(20);
        assertEquals(List.of("tick"), fired);
        assertEquals(List.of(Set.of()), armedThen);
    }

    @Test
    void settingAnArmedTimerMovesIt() {
        timers.set("tick", 5 * MILLI);
        host.advanceMillis(3);
        timers.set("tick", 5 * MILLI);
        host.advanceMillis(20);
        assertEquals(List.of("tick 8"), fired);
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        timers.set("tick", 5 * MILLI);
        timers.set("tock", 6 * MILLI);
        timers.set("bell", 7 * MILLI);
        timers.cancel("tick");
        timers.cancel("unknown");
        host.advanceMillis(6);
        timers.cancelAll();
        host.advanceMillis(20);
        assertEquals(List.of("tock 6"), fired);
        assertEquals(Set.of(), timers.armed());
    }

    @Test
    void saysWhatIsLeftAndNeverLessThanNothing() {
        timers.set("tick", 5 * MILLI);
        host.advanceMillis(2);
        assertEquals(Map.of("tick", 3 * MILLI), timers.remaining());
    }
}
