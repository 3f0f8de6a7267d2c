package dev.foresail.predictor.scenario.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.scenario.fault.FaultMix.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultMixTest {
    @Test
    void aMixSaysWhatHowOftenAndForHowLong() {
        assertEquals(
                List.of(
                        new Fault(FaultKind.CRASH, 2, Duration.ofSeconds(7)),
                        new Fault(FaultKind.SILENT_RESET, 30, Duration.ZERO),
                        new Fault(FaultKind.PAUSE, 0.5, FaultKind.PAUSE.usually())),
                FaultMix.parse("crash 2/min for 7s, silent-reset 0.5/s,pause  30 / h")
                        .faults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "crush 2/min|no fault is called 'crush'; did you mean 'crash'?",
                "crash|'crash' is neither 'swarm' nor a fault such as 'crash 2/min'",
                "swam|'swam' is neither 'swarm' nor a fault",
                "crash 2/week|neither 'swarm' nor a fault",
                "crash 0/min|a rate is above 0 and at most 1000/s, not 0/min",
                "crash 2000/s|a rate is above 0",
                "crash 99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999/s|a rate is above 0",
                "crash -2/min|neither 'swarm' nor a fault",
                "cut 1/min for ever|'ever' is no duration such as 5s",
                "break 1/min for 5s|a break is over at once",
                "crash 1/min, crash 2/min|'crash' is there twice",
                "crash 1/min,|'' is neither",
            })
    void whatCannotBeIsRefused(String text, String expected) {
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> FaultMix.perSeed(text));
        assertTrue(wrong.getMessage().contains(expected), wrong::getMessage);
    }

    @Test
    void aSwarmDrawsAnotherMixForEachSeedAndTheSameForTheSame() {
        List<FaultMix> mixes =
                LongStream.range(0, 50).mapToObj(FaultMix.perSeed("swarm")).toList();
        assertTrue(mixes.stream().distinct().count() >= 45);
        assertEquals(mixes.get(7), FaultMix.perSeed(" swarm").apply(7));
        assertEquals(
                Arrays.stream(FaultKind.values())
                        .filter(kind -> kind.isOfConnections() && kind.isOfSwarms())
                        .collect(Collectors.toSet()),
                mixes.stream()
                        .flatMap(mix -> mix.faults().stream())
                        .map(Fault::kind)
                        .collect(Collectors.toSet()));
        assertTrue(mixes.stream()
                .flatMap(mix -> mix.faults().stream())
                .allMatch(fault -> fault.perMinute() >= 1 && fault.perMinute() <= 16));
    }
}
