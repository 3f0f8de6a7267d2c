package dev.foresail.eval.coordinates;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.cli.Experiment;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether intervals of old figures hold what they state. Each node measures its links at times of its own, the gaps between them
 * drawn from the age classes; before it measures, it states for each link the interval in which the round trip lies with 80 %,
 * from what it has measured so far and nothing else. Counted is how often the round trip of that moment lies in it, by age. The
 * slices' distance in time is not known, so that it is drawn too: 20 s to an hour.
 */
public final class StaleDataStudy implements NetworkStudy {
    private static final double STATED = 0.8;
    private static final double LEAST = 0.75;
    private static final double MOST = 0.85;
    private static final int SEEDS = 1;
    /** Of a quick run: one node in so many. */
    private static final int QUICK = 20;

    private static final List<Integer> PLANETLAB_AGES = List.of(1, 2, 4, 8, 12, 17);
    private static final List<Integer> SEATTLE_AGES = List.of(1, 4, 16, 64);

    @Override
    public void run(StudyData data, Experiment.Options options, Bars bars, Map<String, Object> results)
            throws IOException {
        Map<String, Object> found = new LinkedHashMap<>();
        study(SliceSet.planetLab(data), PLANETLAB_AGES, options, bars, found);
        study(SliceSet.seattle(data), SEATTLE_AGES, options, bars, found);
        results.put("staleData", found);
    }

    private static void study(
            SliceSet slices, List<Integer> ages, Experiment.Options options, Bars bars, Map<String, Object> results) {
        int seeds = options.seeds().orElse(options.quick() ? 1 : SEEDS);
        int step = options.quick() ? QUICK : 1;
        AgeCoverage all = IntStream.range(0, seeds * slices.nodes())
                .filter(run -> run % step == 0 && !options.interruption().isRequested())
                .parallel()
                .mapToObj(run -> {
                    int node = run % slices.nodes();
                    long seed = options.seedBase() + 1 + run / slices.nodes();
                    RandomStream random = RandomStream.of(seed, "stale", node);
                    return new AgingNode(slices.ofNode(node), ages, STATED, random).run();
                })
                .reduce(new AgeCoverage(ages), AgeCoverage::plus);
        for (int age : ages) {
            String name = slices.name() + ": true value in the stated 80 % interval, age " + age;
            bars.atLeast(name, all.share(age), "", LEAST);
            bars.atMost(name, all.share(age), "", MOST);
        }
        results.put(slices.name(), all.summary());
    }
}
