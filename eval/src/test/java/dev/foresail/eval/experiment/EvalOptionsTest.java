package dev.foresail.eval.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What experiments make of the options of {@code eval}; they are interrupted before they begin. */
final class EvalOptionsTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private void eval(String... arguments) {
        Interruption interruption = new Interruption();
        interruption.request();
        List<String> all = new ArrayList<>(List.of("eval"));
        all.addAll(List.of(arguments));
        int unused = Foresail.execute(all, new PrintWriter(out), new PrintWriter(err), interruption, false);
    }

    private void assertRepeatedBy(String command) {
        assertTrue(out.toString().contains("\"commands\":[\"" + command + "\"]"), out::toString);
    }

    @Test
    void theCommandThatRepeatsAnExperimentHasItsOptions() {
        eval("randtree-depth", "--json", "--quick", "--seed-base", "7", "--seeds", "3", "--data", directory.toString());
        assertRepeatedBy(
                "foresail eval randtree-depth --seeds 3 --seed-base 7 --quick --data " + directory + " --json");
    }

    @Test
    void optionsThatMeanNothingAreNamedAndLeftOut() {
        eval("choice-latency", "--json", "--seeds", "3", "--seed-base", "7");
        assertTrue(err.toString().contains("--seeds means nothing to choice-latency and is ignored"), err::toString);
        assertEquals(1, err.toString().split("means nothing", -1).length - 1);
        assertRepeatedBy("foresail eval choice-latency --seed-base 7 --json");
    }

    @Test
    void dataWithoutTheExpectedFileAreNotLeftOutInSilence() {
        eval("randtree-depth", "--json", "--data", directory.toString());
        assertTrue(
                err.toString().contains("there is no planetlab490-rtt-median.csv.gz in " + directory), err::toString);
    }
}
