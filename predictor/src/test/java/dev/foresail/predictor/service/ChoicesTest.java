package dev.foresail.predictor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.service.ServiceDecision.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A service that asks one of three servers, one request after the other. */
class ChoicesTest {
    private static final List<String> SERVERS = List.of("ash", "birch", "cedar");
    private static final long MILLI = 1_000_000L;

    private final AtomicLong now = new AtomicLong();
    private final RandomStream luck = RandomStream.of(3, "luck");

    private Choices choices(ServiceSettings settings, long seed) {
        return new Choices(Map.of("server", settings), now::get, seed);
    }

    private Choices choices() {
        return choices(ServiceSettings.DEFAULT, 1);
    }

    /** Asks so many times; a negative time is a failure after a millisecond. */
    private List<String> ask(Choices choices, int times, ToDoubleFunction<String> millis) {
        List<String> asked = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            try (Chosen<String> server = choices.choose("server", SERVERS)) {
                asked.add(server.value());
                double took = millis.applyAsDouble(server.value());
                now.addAndGet((long) (Math.abs(took) * MILLI));
                if (took > 0) {
                    server.succeeded();
                }
            }
        }
        return asked;
    }

    @Test
    void theFastestIsAskedAndTheOthersAreLookedAtNowAndThen() {
        Choices choices = choices();
        ToDoubleFunction<String> birchIsFast = server -> (server.equals("birch") ? 5 : 50) * (0.5 + luck.nextDouble());
        ask(choices, 100, birchIsFast);

        List<String> asked = ask(choices, 10_000, birchIsFast);

        assertTrue(Collections.frequency(asked, "birch") > 9_800);
        assertTrue(asked.containsAll(SERVERS));
        ServiceFigures figures = choices.figures("server");
        assertTrue(figures.explored() >= 3 && figures.explored() <= 52, figures.toString());
        assertTrue(figures.exploredCost() > 0, figures.toString());
    }

    @Test
    void aServerThatRecoversIsFoundAgain() {
        Choices choices = choices();
        ask(choices, 500, server -> (server.equals("ash") ? 200 : 20) * (0.5 + luck.nextDouble()));

        List<String> asked =
                ask(choices, 20_000, server -> (server.equals("ash") ? 4 : 20) * (0.5 + luck.nextDouble()));

        assertTrue(Collections.frequency(asked.subList(19_000, 20_000), "ash") > 900);
    }

    @Test
    void aServerThatFailsIsAvoidedThoughItFailsFast() {
        Choices choices = choices();
        ToDoubleFunction<String> cedarFails = server -> server.equals("cedar") ? -1 : 20;
        ask(choices, 100, cedarFails);

        List<String> asked = ask(choices, 1_000, cedarFails);

        assertTrue(Collections.frequency(asked, "cedar") < 20);
    }

    @Test
    void whatIsInFlightCounts() {
        Choices choices = choices();
        ask(choices, 300, server -> 20 * (0.5 + luck.nextDouble()));

        List<Chosen<String>> atOnce = IntStream.range(0, 30)
                .mapToObj(any -> choices.choose("server", SERVERS))
                .toList();

        for (String server : SERVERS) {
            long there = atOnce.stream()
                    .filter(chosen -> chosen.value().equals(server))
                    .count();
            assertTrue(there >= 8 && there <= 12, server + " has " + there);
        }
    }

    @Test
    void theSameSeedChoosesTheSame() {
        ToDoubleFunction<String> byLength = server -> 3.0 * server.length();
        List<String> once = ask(choices(ServiceSettings.DEFAULT, 5), 200, byLength);
        now.set(0);

        assertEquals(once, ask(choices(ServiceSettings.DEFAULT, 5), 200, byLength));
    }

    @Test
    void theFirstEndCounts() {
        Choices choices = choices();
        Chosen<String> server = choices.choose("server", SERVERS);

        server.succeeded();
        server.failed();
        server.close();

        assertEquals(1, choices.figures("server").ended());
        assertEquals(0, choices.figures("server").failed());
    }

    @Test
    void aRequestWhoseEndNobodyTellsIsGivenUp() {
        Choices choices = choices();
        ask(choices, 100, server -> 20);
        Chosen<String> forgotten = choices.choose("server", SERVERS);
        ask(choices, 200, server -> 20);

        now.addAndGet(301_000 * MILLI);
        List<String> asked = ask(choices, 6_000, server -> 20 * (0.5 + luck.nextDouble()));

        assertTrue(
                Collections.frequency(asked.subList(5_000, 6_000), forgotten.value()) > 100,
                forgotten.value() + " is asked again");
        forgotten.succeeded();
        assertEquals(1, choices.figures("server").failed(), "an end that is told too late is a failure");
    }

    @Test
    void aDecisionCanBeReadBack() {
        Choices choices = choices();
        ask(choices, 300, server -> 20);

        ServiceDecision decision = choices.decisions("server").get(255);

        assertEquals(256, choices.decisions("server").size());
        assertEquals(300, decision.number());
        assertEquals(SERVERS, decision.candidates());
        assertEquals(3, decision.forecasts().size());
        assertEquals(Source.PREDICTED, decision.source());
        List<Double> costs = decision.costs().get(0);
        assertEquals(Collections.min(costs), costs.get(decision.chosen()));
    }

    @Test
    void noCandidateIsNoChoiceAndTwiceTheSameIsOne() {
        Choices choices = choices();

        IllegalArgumentException none =
                assertThrows(IllegalArgumentException.class, () -> choices.choose("server", List.of()));
        assertEquals("[FS480] the choice 'server' has no candidates", none.getMessage());
        assertEquals(
                List.of("ash"),
                choices.choose("server", List.of("ash", "ash")).decision().candidates());
    }

    @Test
    void anObjectiveThatCannotTellOrThrowsLeavesItToChance() {
        ServiceSettings unable =
                new ServiceSettings(List.of(forecast -> Double.NaN), ServiceSettings.DEFAULT.memory(), 0.01);
        ServiceObjective noIdea = forecast -> {
            throw new IllegalStateException("no idea");
        };
        ServiceSettings throwing = new ServiceSettings(List.of(noIdea), ServiceSettings.DEFAULT.memory(), 0.01);

        for (ServiceSettings settings : List.of(unable, throwing)) {
            Choices choices = choices(settings, 1);

            assertTrue(ask(choices, 100, server -> 20).containsAll(SERVERS));
            assertEquals(100, choices.figures("server").fallback());
            assertEquals(Source.FALLBACK, choices.decisions("server").get(0).source());
        }
    }

    @Test
    void manyThreadsMayChoose() {
        Choices choices = choices();

        IntStream.range(0, 4_000).parallel().forEach(any -> {
            try (Chosen<String> server = choices.choose("server", SERVERS)) {
                server.succeeded();
            }
        });

        ServiceFigures figures = choices.figures("server");
        assertEquals(4_000, figures.decisions());
        assertEquals(4_000, figures.ended());
        choices.choose("server", SERVERS)
                .decision()
                .forecasts()
                .forEach(forecast -> assertEquals(0, forecast.inFlight()));
    }
}
