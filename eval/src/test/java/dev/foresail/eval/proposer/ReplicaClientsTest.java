package dev.foresail.eval.proposer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenario of the three forms, as {@code foresail simulate} plays it. */
final class ReplicaClientsTest {
    private static final Pattern OPERATIONS =
            Pattern.compile("\"operationsAccepted\":([0-9]+),\"operationsExecuted\":([0-9]+)");

    private static int simulated(StringWriter out, StringWriter err, String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate"));
        arguments.addAll(List.of(options));
        return Foresail.execute(arguments, new PrintWriter(out), new PrintWriter(err), new Interruption(), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paxos-fixed-leader", "paxos-mencius", "paxos-proposer"})
    void clientsAreAnsweredThoughAReplicaCrashes(String form) {
        StringWriter out = new StringWriter();
        int code = simulated(
                out, new StringWriter(), form, "--nodes", "5", "--seed", "2", "--faults", "crash 4/min", "--json");
        assertEquals(ExitCode.DONE, code, out::toString);
        assertTrue(out.toString().matches("(?s).*\"faults.crash\":[1-9].*\"unanswered\":0[,}].*"), out::toString);
        Matcher counts = OPERATIONS.matcher(out.toString());
        assertTrue(counts.find(), out::toString);
        assertTrue(Long.parseLong(counts.group(1)) > 100, out::toString);
        assertEquals(counts.group(1), counts.group(2), out::toString);
        assertTrue(out.toString().matches("(?s).*\"forgotten\":0[,}].*"), out::toString);
        assertTrue(out.toString().matches("(?s).*\"executed\":[0-9]{3,4}[,}].*"), out::toString);
    }

    @Test
    void whatCannotBePlayedIsRefused() {
        StringWriter err = new StringWriter();
        assertEquals(ExitCode.USAGE, simulated(new StringWriter(), err, "paxos-proposer", "--nodes", "3"));
        assertTrue(
                err.toString().contains("[FS465] as many nodes as the protocol has replicas, 5, not 3"), err::toString);
        StringWriter timeless = new StringWriter();
        assertEquals(
                ExitCode.USAGE,
                simulated(new StringWriter(), timeless, "paxos-mencius", "--nodes", "5", "--set", "every=0s"));
        assertTrue(timeless.toString().contains("[FS465] times above 0"), timeless::toString);
    }
}
