package dev.foresail.eval.coordinates;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/**
 * Round trips of pairs of which neither has measured the other, told from the coordinates that nodes find by themselves; with honest
 * nodes, and with some that lie.
 */
final class NeverMeasuredPairs implements NetworkStudy {
    static final String PLANETLAB_FILE = "planetlab490-rtt-slice01.csv.gz";
    static final String CLOUD_FILE = "cloud-rtt-avg-matrix-2022.csv.gz";

    private static final String PLANETLAB = "PlanetLab 490";
    private static final String CLOUD = "cloud 69";
    private static final List<Integer> MOMENTS = List.of(16, 32, 64, 100, 256, 1000);
    private static final List<Integer> SHORTER_MOMENTS = List.of(16, 32, 64, 100, 256);
    private static final List<Integer> QUICK_MOMENTS = List.of(16, 32, 64, 100);
    private static final int SEEDS = 2;
    private static final int QUICK_SEEDS = 1;
    /** Seeds up to here were looked at while the estimator was written. */
    private static final long FIRST_SEED = 1_000;

    private static final Company HONEST = Company.honest("honest", true);
    private static final Company ANSWERS_ONLY = Company.honest("honest, only answers tell", false);

    private final double liarShare;

    /** @param liarShare how many lie in the runs with liars, in [0, 1) */
    NeverMeasuredPairs(double liarShare) {
        this.liarShare = liarShare;
    }

    /** One run to be made. */
    private record Setting(String network, RoundTrips roundTrips, Company company, long seed) {
        String group() {
            return network + ": " + company.label();
        }
    }

    /** One run that was made. */
    private record Outcome(Setting setting, SortedMap<Integer, PairErrors> errors) {}

    @Override
    public void run(StudyData data, Experiment.Options options, Bars bars, Map<String, Object> results)
            throws IOException {
        List<Setting> settings = settings(data, options);
        List<Callable<Outcome>> work = new ArrayList<>();
        for (Setting setting : settings) {
            List<Integer> moments = options.quick() ? QUICK_MOMENTS : moments(setting.company());
            work.add(() -> new Outcome(
                    setting, new CoordinateRun(setting.roundTrips(), setting.company(), setting.seed()).play(moments)));
        }
        Map<String, SortedMap<Integer, PairErrors>> means = means(outcomes(work, options));
        results.put("neverMeasuredPairs", described(means));
        addBars(means, bars);
    }

    /** One kind of lie by itself need not go on for so long. */
    private static List<Integer> moments(Company company) {
        return company.lies().size() == 1 ? SHORTER_MOMENTS : MOMENTS;
    }

    private List<Setting> settings(StudyData data, Experiment.Options options) {
        Map<String, RoundTrips> networks = new LinkedHashMap<>();
        networks.put(PLANETLAB, RoundTrips.read(data.file(PLANETLAB_FILE)));
        networks.put(CLOUD, RoundTrips.read(data.file(CLOUD_FILE)));
        int seeds = seeds(options);
        List<Setting> settings = new ArrayList<>();
        for (Company company : companies()) {
            networks.forEach((name, roundTrips) -> LongStream.rangeClosed(1, seeds)
                    .mapToObj(
                            number -> new Setting(name, roundTrips, company, FIRST_SEED + options.seedBase() + number))
                    .forEach(settings::add));
        }
        return settings;
    }

    /** How many seeds every setting is run with. */
    static int seeds(Experiment.Options options) {
        return options.seeds().orElse(options.quick() ? QUICK_SEEDS : SEEDS);
    }

    private List<Company> companies() {
        List<Company> companies = new ArrayList<>(List.of(HONEST, ANSWERS_ONLY));
        if (liarShare > 0) {
            companies.add(HONEST.withLiars(liars(), liarShare, List.of(Lie.values())));
            for (Lie lie : Lie.values()) {
                companies.add(HONEST.withLiars(liars(lie), liarShare, List.of(lie)));
            }
        }
        return companies;
    }

    private String liars() {
        return Math.round(liarShare * 100) + " % liars";
    }

    private String liars(Lie lie) {
        return liars() + ", all " + lie;
    }

    private static List<Outcome> outcomes(List<Callable<Outcome>> work, Experiment.Options options) throws IOException {
        try (Progress progress = Progress.onStandardError("finding coordinates")) {
            int threads = Runtime.getRuntime().availableProcessors();
            return ParallelRuns.all(work, threads, progress, options.interruption());
        } catch (IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Over seeds, by what was run, in the order of the runs. */
    private static Map<String, SortedMap<Integer, PairErrors>> means(List<Outcome> outcomes) {
        Map<String, SortedMap<Integer, List<PairErrors>>> all = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            SortedMap<Integer, List<PairErrors>> group =
                    all.computeIfAbsent(outcome.setting().group(), absent -> new TreeMap<>());
            outcome.errors()
                    .forEach((moment, errors) -> group.computeIfAbsent(moment, absent -> new ArrayList<>())
                            .add(errors));
        }
        Map<String, SortedMap<Integer, PairErrors>> means = new LinkedHashMap<>();
        all.forEach((group, moments) -> {
            SortedMap<Integer, PairErrors> mean = new TreeMap<>();
            moments.forEach((moment, errors) -> mean.put(moment, PairErrors.mean(errors)));
            means.put(group, mean);
        });
        return means;
    }

    private static Map<String, Object> described(Map<String, SortedMap<Integer, PairErrors>> means) {
        Map<String, Object> described = new LinkedHashMap<>();
        means.forEach((group, moments) -> {
            Map<String, Object> bySamples = new LinkedHashMap<>();
            moments.forEach((moment, errors) -> bySamples.put(moment + " samples per node", errors.described()));
            described.put(group, bySamples);
        });
        return described;
    }

    private void addBars(Map<String, SortedMap<Integer, PairErrors>> means, Bars bars) {
        Moments planetLab = new Moments(PLANETLAB, means);
        planetLab.median(bars, 16, 0.15);
        planetLab.median(bars, 100, 0.095);
        planetLab.p90(bars, 100, 0.50);
        planetLab.median(bars, 1000, 0.080);
        planetLab.p90(bars, 1000, 0.35);
        Moments cloud = new Moments(CLOUD, means);
        cloud.median(bars, 1000, 0.085);
        cloud.p90(bars, 1000, 0.35);
        if (liarShare > 0) {
            for (Moments network : List.of(planetLab, cloud)) {
                network.worseBy(bars, liars(), 100, 1.5);
                network.worseBy(bars, liars(), 1000, 1.5);
                for (Lie lie : Lie.values()) {
                    network.worseBy(bars, liars(lie), 256, 1.5);
                }
            }
        }
    }

    /** Adds bars of one network; none for what was not run. */
    private record Moments(String network, Map<String, SortedMap<Integer, PairErrors>> means) {
        void median(Bars bars, int moment, double most) {
            at(HONEST.label(), moment)
                    .ifPresent(errors -> bars.atMost(name("median", moment), errors.median(), "relative error", most));
        }

        void p90(Bars bars, int moment, double most) {
            at(HONEST.label(), moment)
                    .ifPresent(errors ->
                            bars.atMost(name("90th percentile", moment), errors.p90(), "relative error", most));
        }

        void worseBy(Bars bars, String liars, int moment, double most) {
            String name = name(liars + ", median of honest pairs by that without liars", moment);
            at(HONEST.label(), moment)
                    .ifPresent(honest -> at(liars, moment)
                            .ifPresent(errors -> bars.atMost(name, errors.median() / honest.median(), "times", most)));
        }

        private Optional<PairErrors> at(String company, int moment) {
            return Optional.ofNullable(means.get(network + ": " + company))
                    .flatMap(moments -> Optional.ofNullable(moments.get(moment)));
        }

        private String name(String figure, int moment) {
            return network + ", never measured: " + figure + " after " + moment + " samples per node";
        }
    }
}
