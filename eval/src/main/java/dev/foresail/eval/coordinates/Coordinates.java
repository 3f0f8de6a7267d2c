package dev.foresail.eval.coordinates;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.OwnOption;
import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code foresail eval coordinates --data DIR}: how well links are known that were never measured, on measured networks. One
 * {@link NetworkStudy} after the other adds its bars and results.
 */
public final class Coordinates implements Experiment {
    private static final double USUAL_LIARS = 0.2;
    private static final double MOST_LIARS = 0.45;
    private static final OwnOption<Double> LIARS = new OwnOption<>(
            "--liars",
            "SHARE",
            USUAL_LIARS,
            "the share of nodes that lie in the runs with liars; 0: no such runs",
            "a share from 0 to " + MOST_LIARS,
            Coordinates::share);

    @Override
    public String name() {
        return "coordinates";
    }

    @Override
    public String summary() {
        return "what is told of links never measured, or long ago, on measured networks; needs --data";
    }

    @Override
    public List<OwnOption<?>> ownOptions() {
        return List.of(LIARS);
    }

    private static Optional<Double> share(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(share -> share >= 0 && share <= MOST_LIARS);
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    @Override
    public Report run(Options options) throws IOException {
        StudyData data = options.data()
                .map(StudyData::new)
                .orElseThrow(() -> new ConfigurationException(
                        "FS361", "coordinates needs measured networks: --data DIR names the directory of their files"));
        Bars bars = new Bars();
        Map<String, Object> results = new LinkedHashMap<>();
        for (NetworkStudy study :
                List.of(new NeverMeasuredPairs(options.own(LIARS)), new StaleDataStudy(), new BandwidthStudy())) {
            study.run(data, options, bars, results);
        }
        return new Report(NeverMeasuredPairs.seeds(options), bars.all(), results, List.of(options.command(this)));
    }
}
