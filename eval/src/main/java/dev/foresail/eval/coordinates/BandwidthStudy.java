package dev.foresail.eval.coordinates;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.network.plane.BandwidthModel;
import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.cli.Experiment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well the bandwidth of pairs is known that nobody has measured: each region of a cloud has measured k others drawn at random;
 * asked are all other pairs. Bandwidth is what 64 connections received, premium network on both sides, January 2022.
 */
public final class BandwidthStudy implements NetworkStudy {
    private static final int SEEDS = 10;
    private static final List<Integer> MEASURED = List.of(4, 8, 16, 32);
    /** The figure that is asked for. */
    private static final int ASKED = 8;

    @Override
    public void run(StudyData data, Experiment.Options options, Bars bars, Map<String, Object> results)
            throws IOException {
        RegionLinks links = RegionLinks.read(data);
        int seeds = options.seeds().orElse(options.quick() ? 2 : SEEDS);
        Map<String, Object> found = new LinkedHashMap<>();
        for (int measured : MEASURED) {
            List<Double> byModel = new ArrayList<>();
            List<Double> byMedian = new ArrayList<>();
            for (int seed = 0; seed < seeds && !options.interruption().isRequested(); seed++) {
                RandomStream random = RandomStream.of(options.seedBase() + 1 + seed, "bandwidth", measured);
                trial(links, measured, random, byModel, byMedian);
            }
            Distribution errors = Distribution.of(byModel);
            found.put(measured + " measured", figures(errors, Distribution.of(byMedian)));
            if (measured == ASKED) {
                bars.atMost("bandwidth of unmeasured pairs, median error", errors.percentile(0.5), "", 0.18);
                bars.atMost("bandwidth of unmeasured pairs, 90th percentile", errors.percentile(0.9), "", 0.62);
            }
        }
        results.put("bandwidth", found);
    }

    private static void trial(
            RegionLinks links, int measured, RandomStream random, List<Double> byModel, List<Double> byMedian) {
        List<BandwidthModel.Sample<Integer>> samples = new ArrayList<>();
        List<BandwidthModel.Sample<Integer>> others = new ArrayList<>();
        for (List<BandwidthModel.Sample<Integer>> ofSource : links.bySource()) {
            List<BandwidthModel.Sample<Integer>> left = new ArrayList<>(ofSource);
            for (int count = 0; count < measured; count++) {
                samples.add(left.remove(random.nextInt(left.size())));
            }
            others.addAll(left);
        }
        BandwidthModel<Integer> model = BandwidthModel.fit(samples);
        double median = Distribution.of(samples.stream()
                        .map(BandwidthModel.Sample::bytesPerSecond)
                        .toList())
                .percentile(0.5);
        for (BandwidthModel.Sample<Integer> pair : others) {
            double estimate = model.bytesPerSecond(pair.from(), pair.to(), pair.roundTripNanos())
                    .orElseThrow()
                    .value();
            byModel.add(Math.abs(estimate / pair.bytesPerSecond() - 1));
            byMedian.add(Math.abs(median / pair.bytesPerSecond() - 1));
        }
    }

    private static Map<String, Object> figures(Distribution errors, Distribution ofMedian) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("medianError", errors.percentile(0.5));
        figures.put("p90Error", errors.percentile(0.9));
        figures.put("medianErrorOfAConstant", ofMedian.percentile(0.5));
        figures.put("p90ErrorOfAConstant", ofMedian.percentile(0.9));
        return figures;
    }
}
