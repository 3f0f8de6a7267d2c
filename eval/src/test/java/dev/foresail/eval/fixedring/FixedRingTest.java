package dev.foresail.eval.fixedring;

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

class FixedRingTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private void simulate(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("simulate", "fixed-ring", "--nodes", "60", "--until", "2m", "--json"));
        arguments.addAll(List.of(options));
        int code = Foresail.execute(arguments, new PrintWriter(out), new PrintWriter(err), new Interruption(), false);
        assertEquals(ExitCode.DONE, code, () -> out + "" + err);
    }

    @Test
    void everyQuestionIsAnswered() {
        simulate();
        assertTrue(out.toString().contains("\"answered\":1}"), out::toString);
    }

    @Test
    void severalWorkersComeToTheSame() {
        simulate("--workers", "3", "--verify-determinism");
        assertTrue(err.toString().contains("deterministic: the second run gave the same digest"), err::toString);
    }

    @Test
    void slowMessagesAreToldOf() {
        simulate("--workers", "2", "--slow-messages", "0.5");
        assertTrue(out.toString().contains("\"answered\":1}"), out::toString);
        assertTrue(err.toString().contains("messages between workers"), err::toString);
    }
}
