package dev.foresail.eval.pastry;

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

final class PastryRunsTest {
    private static String executed(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                List.of(arguments), new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(expected, code, out::toString);
        return out.toString();
    }

    @Test
    void nodesThatJoinOneAfterTheOtherFindEveryRoot() {
        String out = executed(ExitCode.DONE, "simulate", "pastry", "--nodes", "20", "--seed", "3", "--json");
        assertTrue(out.contains("\"rootsFound\":1"), out);
    }

    /** In this run the first node crashes before others have joined over it: when it joined over one of them, each waited for the other. */
    @Test
    void theRingIsWholeAgainAfterCrashesAndCuts() {
        String faults = "crash 4/min, cut 4/min";
        executed(ExitCode.DONE, "simulate", "pastry", "--nodes", "12", "--seed", "3", "--faults", faults);
    }

    /** The first node began anew as a ring of its own, and the others knew each other only. */
    @Test
    void ringsThatPartedMeetAgain() {
        String[] crashes = {"--until", "6m", "--faults", "crash 6/min for 20s"};
        executed(
                ExitCode.DONE,
                Stream.concat(Stream.of("simulate", "pastry", "--nodes", "4", "--seed", "11"), Stream.of(crashes))
                        .toArray(String[]::new));
    }

    @Test
    void noOrderOfEventsBreaksTheRing() {
        executed(ExitCode.UNKNOWN, "check", "pastry", "--search", "walk", "--walks", "15", "--seed", "9");
        String[] settled = {"--search", "consequence", "--max-depth", "5", "--set", "snapshot=ring"};
        executed(
                ExitCode.UNKNOWN,
                Stream.concat(Stream.of("check", "pastry"), Stream.of(settled)).toArray(String[]::new));
    }
}
