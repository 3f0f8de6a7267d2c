package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever happens to a good file, it is read or refused with a reason and a place; nothing else is ever thrown. */
final class ConfigurationFuzzTest {
    private static final String SPICE = "[]{}:,-#&*!|>'\"%@`\n \t?0aé\u0000\u0085";
    private static final int MUTANTS = 10_000;

    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(ConfigurationFuzzTest.class.getClassLoader()));

    @Test
    void onlyAConfigurationExceptionIsEverThrown() {
        RandomGenerator random = RandomStream.of(7, "mutations");
        int accepted = 0;
        int refused = 0;
        for (int mutant = 0; mutant < MUTANTS; mutant++) {
            String text = mutated(random);
            try {
                reader.readNode("node.yaml", text);
                accepted++;
            } catch (ConfigurationException exception) {
                refused++;
                assertFalse(exception.problems().isEmpty());
                exception
                        .problems()
                        .forEach(problem ->
                                assertTrue(problem.place().matches("node\\.yaml:[0-9]+:[0-9]+"), problem::toString));
            }
        }
        assertTrue(accepted > 0 && refused > MUTANTS / 4, accepted + " accepted, " + refused + " refused");
    }

    /** Hosts are kept as they are: a test does not ask name servers. */
    private static String mutated(RandomGenerator random) {
        StringBuilder text = new StringBuilder(Samples.COMPLETE);
        int edits = 1 + random.nextInt(4);
        for (int edit = 0; edit < edits; edit++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                case 2 -> text.setCharAt(at, SPICE.charAt(random.nextInt(SPICE.length())));
                default -> {
                    int end = Math.min(text.length(), at + random.nextInt(40));
                    text.insert(random.nextInt(text.length()), text.substring(at, end));
                }
            }
        }
        return text.toString()
                        .lines()
                        .anyMatch(line -> line.startsWith("listen: ") && !line.equals("listen: 127.0.0.1:7001"))
                ? mutated(random)
                : text.toString();
    }
}
