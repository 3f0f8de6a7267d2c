package dev.foresail.eval.scribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScribeRunsTest {
    private static String executed(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                List.of(arguments), new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(expected, code, out::toString);
        return out.toString();
    }

    @Test
    void allNoticesComeToAllSubscribers() {
        String[] arguments = {"simulate", "scribe/pastry", "--nodes", "12", "--seed", "3", "--json"};
        String out = executed(ExitCode.DONE, arguments);
        assertTrue(out.contains("\"delivered\":1"), out);
    }

    @Test
    void treesAreMendedAfterCrashesAndCuts() {
        String faults = "crash 4/min, cut 4/min";
        executed(ExitCode.DONE, "simulate", "scribe/pastry", "--nodes", "6", "--seed", "5", "--faults", faults);
    }

    @Test
    void noOrderOfEventsLosesASubscriber() {
        executed(ExitCode.UNKNOWN, "check", "scribe/pastry", "--search", "walk", "--walks", "8", "--seed", "9");
        String[] settled = {
            "check", "scribe/pastry", "--search", "consequence", "--max-depth", "5", "--set", "snapshot=ring"
        };
        executed(ExitCode.UNKNOWN, settled);
    }
}
