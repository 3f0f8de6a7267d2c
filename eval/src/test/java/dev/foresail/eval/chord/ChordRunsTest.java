package dev.foresail.eval.chord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with faults after which rings did not close again. */
final class ChordRunsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Lists as long as the ring told of the dead for ever.
                "chord --nodes 8 --seed 11 --until 600s --set doubling=300ms --faults leave@0.2/min",
                // Two nodes, and a connection that breaks between them.
                "chord --nodes 2 --seeds 10 --until 180s --set doubling=100ms --faults break@60/min",
                // Whoever crashed stayed out.
                "chord --nodes 8 --seed 1 --until 200s --faults crash@1/min",
                "lookups/chord --nodes 8 --seed 2 --until 200s --faults crash@1/min",
                "lookups/pastry --nodes 8 --seed 2 --until 200s --faults crash@1/min"
            })
    void theRingClosesAgain(String run) {
        List<String> arguments = List.of(("simulate " + run).split(" ")).stream()
                .map(word -> word.replace('@', ' '))
                .toList();
        StringWriter out = new StringWriter();
        int code = Foresail.execute(arguments, new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
        assertEquals(ExitCode.DONE, code, out::toString);
    }
}
