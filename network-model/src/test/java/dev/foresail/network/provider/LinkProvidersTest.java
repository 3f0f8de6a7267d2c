package dev.foresail.network.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.foresail.network.measure.Figure;
import dev.foresail.network.plane.InformationPlane;
import dev.foresail.network.plane.LinkReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LinkProvidersTest {
    private static final long MILLI = 1_000_000L;
    private static final long MINUTE = 60_000 * MILLI;

    private static KeptFacts<String> telling(String figure, double value) {
        KeptFacts<String> kept = new KeptFacts<>(List.of(figure), MINUTE);
        kept.keep((name, from, to) -> to.equals("nobody") ? OptionalDouble.empty() : OptionalDouble.of(value), 0);
        return kept;
    }

    private static Optional<Double> value(LinkProviders<String> providers, String figure, String to) {
        return providers.figure(figure, "me", to, 0).map(Figure::value);
    }

    @Test
    void theFirstThatKnowsIsBelievedAndWhatCannotBeIsNot() {
        LinkProviders<String> providers = new LinkProviders<>(
                List.of(telling("rtt", -1), telling("toll", -1), telling("rtt", 30), telling("rtt", 40)));
        assertEquals(Optional.of(30.0), value(providers, "rtt", "far"));
        assertEquals(Optional.of(-1.0), value(providers, "toll", "far"), "who pays is not always who sends");
        assertEquals(Optional.empty(), value(providers, "rtt", "nobody"));
        assertEquals(Optional.empty(), value(providers, "weather", "far"));
        assertEquals(Optional.empty(), value(new LinkProviders<>(List.of(telling("loss", 1))), "loss", "far"));
        assertEquals(
                Optional.empty(), value(new LinkProviders<>(List.of(telling("toll", Double.NaN + 0))), "rtt", "far"));
    }

    @Test
    void aProviderThatThrowsKnowsNothing() {
        LinkProvider<String> broken = new LinkProvider<>() {
            @Override
            public List<String> figures() {
                return List.of("rtt");
            }

            @Override
            public Figure figure(String figure, String from, String to, long nowNanos) {
                throw new IllegalStateException("the service is closed");
            }
        };
        assertEquals(Optional.of(30.0), value(new LinkProviders<>(List.of(broken, telling("rtt", 30))), "rtt", "far"));
        assertEquals(Optional.empty(), value(new LinkProviders<>(List.of(broken)), "rtt", "far"));
    }

    @Test
    void whatIsTooOldIsNotUsed() {
        KeptFacts<String> kept = telling("rtt", 30);
        assertEquals(new Figure(30, 7.5, 1, MINUTE), kept.figure("rtt", "me", "far", MINUTE));
        assertFalse(kept.figure("rtt", "me", "far", MINUTE + 1).isKnown());
        assertEquals(0, kept.figure("rtt", "me", "far", -5).ageNanos(), "a clock that was read earlier");
        assertFalse(new KeptFacts<String>(List.of("rtt"), MINUTE)
                .figure("rtt", "me", "far", 0)
                .isKnown());
    }

    @Test
    void whoSharesAPlaneDismissesOnlyItsOwnProviders() {
        InformationPlane<String> plane = new InformationPlane<>("me");
        LinkProviders<String> first = new LinkProviders<>(List.of(telling("toll", 1)));
        LinkProviders<String> second = new LinkProviders<>(List.of(telling("toll", 2)));
        plane.consult(first);
        plane.consult(second);
        plane.dismiss(first);
        assertEquals(Optional.of(2.0), plane.provided("toll", "me", "far", 0).map(Figure::value));
        plane.dismiss(second);
        assertEquals(Optional.empty(), plane.provided("toll", "me", "far", 0));
    }

    @Test
    void anInformationPlaneBelievesWhatItMeasuredThenProvidersThenPeers() {
        InformationPlane<String> plane = new InformationPlane<>("me");
        plane.take("a", List.of(new LinkReport<>("b", 10 * MILLI, MILLI, 7, 0, 0)), 0);
        plane.take("b", List.of(new LinkReport<>("a", 10 * MILLI, MILLI, 7, 0, 0)), 0);
        plane.roundTrip("near", 8 * MILLI, 0);
        assertEquals(5 * MILLI, plane.latencyNanos("a", "b", 0).value());
        plane.consult(new LinkProviders<>(
                List.of(telling("rtt", 30), telling("bandwidth", 8), telling("loss", 0.1), telling("toll", 7))));
        assertEquals(15 * MILLI, plane.latencyNanos("a", "b", 0).value());
        assertEquals(15 * MILLI, plane.latencyNanos("me", "far", 0).value());
        assertEquals(4 * MILLI, plane.latencyNanos("me", "near", 0).value(), "measured");
        assertEquals(1_000_000, plane.bandwidthBytesPerSecond("me", "far", 0).value());
        assertEquals(0.1, plane.lossProbability("me", "far", 0).value());
        assertEquals(Optional.of(7.0), plane.provided("toll", "me", "far", 0).map(Figure::value));
        assertEquals(Optional.empty(), plane.provided("toll", "me", "me", 0), "nobody is far from itself");
        plane.consult(LinkProviders.none());
        assertEquals(5 * MILLI, plane.latencyNanos("a", "b", 0).value());
    }
}
