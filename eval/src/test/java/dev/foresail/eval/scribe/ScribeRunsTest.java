package dev.foresail.eval.scribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScribeRunsTest {
    private static String executed(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                List.of(arguments), new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(expected, code, out::toString);
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scribe/pastry", "scribe/chord"})
    void allNoticesComeToAllSubscribers(String stack) {
        String out = executed(ExitCode.DONE, "simulate", stack, "--nodes", "12", "--seed", "3", "--json");
        assertTrue(Pattern.compile("\"delivered\":1(\\.0)?[,}]").matcher(out).find(), out);
    }

    /** The first node, which publishes, came back as a ring of its own. */
    @Test
    void treesOverChordAreMendedAfterCrashes() {
        executed(ExitCode.DONE, "simulate", "scribe/chord", "--nodes", "12", "--seed", "2", "--faults", "crash 2/min");
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
