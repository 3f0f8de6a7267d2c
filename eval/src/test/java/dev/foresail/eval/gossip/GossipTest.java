package dev.foresail.eval.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipTest {
    private static String simulated(String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate", "gossip", "--json"));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                arguments, new PrintWriter(out), new PrintWriter(new StringWriter()), new Interruption(), false);
        assertEquals(ExitCode.DONE, code, out::toString);
        return out.toString();
    }

    @Test
    void aRumourReachesEverybodyThatThereIs() {
        assertTrue(simulated("--nodes", "300", "--until", "40s").contains("\"heard\":1}"));
    }

    @Test
    void halfOfTheNodesCannotHaveHeardBeforeThereWereEnoughTellers() {
        // It doubles once in a period at most.
        String early = simulated("--nodes", "300", "--until", "8s");
        assertTrue(early.matches("(?s).*\"heard\":0\\.[0-4].*"), early);
        String told = simulated("--nodes", "300", "--until", "1s", "--set", "sources=300");
        assertTrue(told.contains("\"heard\":1}"), told);
    }

    @Test
    void twoWorkersSpreadTheSameRumour() {
        String one = simulated("--nodes", "300", "--until", "40s");
        String two = simulated("--nodes", "300", "--until", "40s", "--workers", "2");
        assertEquals(digest(one), digest(two));
    }

    private static String digest(String json) {
        return json.replaceAll("(?s).*\"digest\":\"([0-9a-f]{16})\".*", "$1");
    }

    @Test
    void moreSourcesThanNodesAreRefused() {
        StringWriter err = new StringWriter();
        int code = Foresail.execute(
                List.of("simulate", "gossip", "--nodes", "3", "--set", "sources=4"),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                new Interruption(),
                false);
        assertEquals(ExitCode.USAGE, code);
        assertTrue(err.toString().contains("sources is 1 to 3, not 4"), err::toString);
    }
}
