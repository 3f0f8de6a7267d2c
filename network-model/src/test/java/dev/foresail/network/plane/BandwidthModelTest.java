package dev.foresail.network.plane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.plane.BandwidthModel.Sample;
import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BandwidthModelTest {
    private static final double MILLI = 1e6;

    private final RandomStream random = RandomStream.of(31, "bandwidth");

    /** Thirty sites with up- and downlinks of their own; far ones get less; one measurement in twenty is far off. */
    private double truth(int from, int to, double roundTripNanos) {
        return 1e6 * (1 + from % 7) * (1 + to % 5) / StrictMath.sqrt(roundTripNanos / MILLI);
    }

    private List<Sample<Integer>> samples(int each) {
        List<Sample<Integer>> samples = new ArrayList<>();
        for (int from = 0; from < 30; from++) {
            for (int count = 0; count < each; count++) {
                int to = random.nextInt(30);
                double roundTrip = (5 + random.nextInt(300)) * MILLI;
                double noise = random.nextInt(20) == 0 ? 0.05 : 1 + 0.05 * random.nextGaussian();
                samples.add(new Sample<>(from, to, truth(from, to, roundTrip) * noise, roundTrip));
            }
        }
        return samples;
    }

    @Test
    void endsAndRoundTripSayMoreThanTheMedian() {
        BandwidthModel<Integer> model = BandwidthModel.fit(samples(12));
        assertTrue(model.isByEnds());
        List<Double> errors = new ArrayList<>();
        for (int from = 0; from < 30; from++) {
            for (int to = 0; to < 30; to++) {
                double value =
                        model.bytesPerSecond(from, to, 80 * MILLI).orElseThrow().value();
                errors.add(StrictMath.abs(value / truth(from, to, 80 * MILLI) - 1));
            }
        }
        errors.sort(null);
        assertTrue(errors.get(450) < 0.15, () -> "median error " + errors.get(450));
    }

    @Test
    void whereEndsSayNothingTheMedianAnswers() {
        List<Sample<Integer>> noise = new ArrayList<>();
        for (int count = 0; count < 300; count++) {
            noise.add(new Sample<>(
                    random.nextInt(30), random.nextInt(30), StrictMath.exp(random.nextGaussian()), 50 * MILLI));
        }
        BandwidthModel<Integer> model = BandwidthModel.fit(noise);
        assertFalse(model.isByEnds());
        double one = model.bytesPerSecond(1, 2, 10 * MILLI).orElseThrow().value();
        assertEquals(one, model.bytesPerSecond(8, 9, 200 * MILLI).orElseThrow().value());
        assertEquals(1, one, 0.2);
    }

    @Test
    void anEndThatIsHardlyKnownGetsTheMedian() {
        List<Sample<Integer>> samples = samples(12);
        BandwidthModel<Integer> model = BandwidthModel.fit(samples);
        double median = RidgeFit.median(
                samples.stream().mapToDouble(Sample::bytesPerSecond).toArray());
        assertEquals(
                median, model.bytesPerSecond(98, 99, 80 * MILLI).orElseThrow().value(), median / 100);
        // A known source says something of any destination.
        double known = model.bytesPerSecond(6, 99, 80 * MILLI).orElseThrow().value();
        assertTrue(known
                > 1.5 * model.bytesPerSecond(0, 99, 80 * MILLI).orElseThrow().value());
    }

    @Test
    void figuresThatCannotBeAreLeftOut() {
        assertTrue(BandwidthModel.<Integer>unknown().bytesPerSecond(1, 2, 1).isEmpty());
        List<Sample<Integer>> bad = List.of(
                new Sample<>(1, 2, 0, 1),
                new Sample<>(1, 2, -1, 1),
                new Sample<>(1, 2, Double.NaN, 1),
                new Sample<>(1, 2, Double.POSITIVE_INFINITY, 1),
                new Sample<>(1, 2, 1, 0));
        assertTrue(BandwidthModel.fit(bad).bytesPerSecond(1, 2, 1).isEmpty());
        List<Sample<Integer>> mixed = new ArrayList<>(samples(3));
        mixed.addAll(bad);
        assertTrue(Double.isFinite(BandwidthModel.fit(mixed)
                .bytesPerSecond(1, 2, MILLI)
                .orElseThrow()
                .value()));
    }

    @Test
    void aHugeNumberOfEndsIsCut() {
        List<Sample<Integer>> star = new ArrayList<>();
        for (int end = 1; end < 2_000; end++) {
            star.add(new Sample<>(0, end, 1e6 + end, 50 * MILLI));
        }
        assertEquals(
                1e6,
                BandwidthModel.fit(star)
                        .bytesPerSecond(0, 1_999, 50 * MILLI)
                        .orElseThrow()
                        .value(),
                2e4);
    }
}
