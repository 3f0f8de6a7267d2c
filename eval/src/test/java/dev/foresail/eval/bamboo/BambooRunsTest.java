package dev.foresail.eval.bamboo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BambooRunsTest {
    private static String executed(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                List.of(arguments), new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(expected, code, out::toString);
        return out.toString();
    }

    @Test
    void nodesThatJoinOneAfterTheOtherFindEveryRoot() {
        String out = executed(ExitCode.DONE, "simulate", "bamboo", "--nodes", "8", "--seed", "3", "--json");
        assertTrue(out.contains("\"rootsFound\":1"), out);
    }

    @Test
    void theRingIsWholeAgainAfterCrashesAndCuts() {
        String faults = "crash 4/min, cut 4/min";
        executed(ExitCode.DONE, "simulate", "bamboo", "--nodes", "6", "--seed", "3", "--faults", faults);
    }

    /** The first node began anew as a ring of its own, and the others knew each other only. */
    @Test
    void ringsThatPartedMeetAgain() {
        String[] run = {"simulate", "bamboo", "--nodes", "4", "--seed", "11", "--until", "6m"};
        executed(
                ExitCode.DONE,
                Stream.concat(Stream.of(run), Stream.of("--faults", "crash 6/min for 20s"))
                        .toArray(String[]::new));
    }

    @Test
    void everyLookupIsAnswered() {
        String[] arguments = {"simulate", "lookups/bamboo", "--nodes", "8", "--seed", "4", "--until", "90s", "--json"};
        String out = executed(ExitCode.DONE, arguments);
        assertTrue(out.contains("\"answered\":1"), out);
    }

    @Test
    void noOrderOfEventsBreaksTheRing() {
        executed(ExitCode.UNKNOWN, "check", "bamboo", "--search", "walk", "--walks", "8", "--seed", "9");
        String[] settled = {"--search", "consequence", "--max-depth", "5", "--set", "snapshot=ring"};
        executed(
                ExitCode.UNKNOWN,
                Stream.concat(Stream.of("check", "bamboo"), Stream.of(settled)).toArray(String[]::new));
    }
}
