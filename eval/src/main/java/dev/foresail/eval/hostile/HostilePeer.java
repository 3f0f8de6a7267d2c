package dev.foresail.eval.hostile;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * {@code foresail eval hostile-peer}: mutated frames and snapshot files for the decoders, strangers that connect to a live
 * node and send it noise, and a peer that lies, while an honest peer goes on talking to the node.
 */
public final class HostilePeer implements Experiment {
    private static final int INPUTS = 1_000_000;
    private static final int QUICK_INPUTS = 20_000;
    private static final int SLICES = 20;
    private static final int VISITS = 2_000;
    private static final int QUICK_VISITS = 200;
    private static final int LIES = 4_000;
    private static final int QUICK_LIES = 400;
    private static final int ROUNDS = 20;
    private static final int CROWD = 100;
    private static final int WORDS = 50;
    private static final long SEED = 30_001;
    private static final long MOST_BYTES_ABOVE_LENGTH = 1 << 20;

    @Override
    public String name() {
        return "hostile-peer";
    }

    @Override
    public String summary() {
        return "what noise and lies do to a node and its honest peers";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        long seed = SEED + options.seedBase();
        Decoded decoded = decode(seed, options);
        Met met = meet(seed, options);
        return report(decoded, met, options.command(this));
    }

    /** What the decoders did; {@code touched} are the classes that they had no business with. */
    record Decoded(long accepted, long refused, long crashes, long worstBytesAboveLength, Set<String> touched) {
        long inputs() {
            return accepted + refused + crashes;
        }
    }

    /** What happened to the nodes. */
    record Met(
            long visits,
            long lies,
            long liarAsked,
            long words,
            long wordsLost,
            long actionsAgainstHonest,
            long crashes,
            boolean honestSeenAsItIs) {}

    @SuppressWarnings("unchecked")
    private static Decoded decode(long seed, Options options) throws Exception {
        int inputs = options.quick() ? QUICK_INPUTS : INPUTS;
        try (WitnessLoader loader = new WitnessLoader();
                Progress progress = Progress.onStandardError("decoding")) {
            BiFunction<Long, Integer, Map<String, Long>> trial =
                    (BiFunction<Long, Integer, Map<String, Long>>) loader.loadClass(DecoderTrial.class.getName())
                            .getDeclaredConstructor()
                            .newInstance();
            // What is loaded to set the decoders up, and by the first inputs, is no figure of a frame.
            Map<String, Long> unused = trial.apply(seed, inputs / SLICES);
            loader.forget();
            Decoded all = new Decoded(0, 0, 0, 0, Set.of());
            for (int slice = 0; slice < SLICES && !options.interruption().isRequested(); slice++) {
                Map<String, Long> figures = trial.apply(seed * SLICES + slice + 1, inputs / SLICES);
                all = new Decoded(
                        all.accepted() + figures.getOrDefault("accepted", 0L),
                        all.refused() + figures.getOrDefault("refused", 0L),
                        all.crashes() + figures.getOrDefault("crashes", 0L),
                        Math.max(all.worstBytesAboveLength(), figures.getOrDefault("worstBytesAboveLength", 0L)),
                        loader.unregistered());
                progress.update(slice + 1, SLICES);
            }
            return all;
        }
    }

    private static Met meet(long seed, Options options) throws Exception {
        int visits = (options.quick() ? QUICK_VISITS : VISITS) / ROUNDS;
        int lies = (options.quick() ? QUICK_LIES : LIES) / ROUNDS;
        try (Company company = new Company(seed);
                Strangers strangers = new Strangers(company.address(), seed);
                Liar liar = new Liar(company, seed);
                Progress progress = Progress.onStandardError("meeting")) {
            company.talk(WORDS);
            company.befriendLiar();
            strangers.crowd(CROWD);
            int round = 0;
            for (; round < ROUNDS && !options.interruption().isRequested(); round++) {
                for (int visit = 0; visit < visits; visit++) {
                    strangers.visit();
                }
                liar.tell(lies);
                company.confide();
                company.talk(WORDS);
                progress.update(round + 1, ROUNDS);
            }
            boolean seen = company.isHonestSeenAsItIs();
            return new Met(
                    (long) round * visits,
                    (long) round * lies,
                    liar.asked(),
                    company.wordsSaid(),
                    company.wordsLost(),
                    company.actionsAgainstHonest(),
                    company.crashes(),
                    seen);
        }
    }

    /** The arithmetic alone. */
    static Report report(Decoded decoded, Met met, String command) {
        List<Bar> bars = new Bars()
                .atMost("crashes of decoders and nodes", (double) (decoded.crashes() + met.crashes()), "crashes", 0)
                .atMost("unregistered classes touched", decoded.touched().size(), "classes", 0)
                .atMost(
                        "allocation of a frame above its length",
                        decoded.inputs() == 0 ? Double.NaN : (double) decoded.worstBytesAboveLength(),
                        "bytes",
                        MOST_BYTES_ABOVE_LENGTH)
                .atMost(
                        "honest messages lost or late",
                        met.words() == 0 ? Double.NaN : (double) met.wordsLost(),
                        "messages",
                        0)
                .atMost("actions against honest peers", (double) met.actionsAgainstHonest(), "actions", 0)
                .atLeast("honest peers in the picture as they are", met.honestSeenAsItIs() ? 1 : 0, "peers", 1)
                .atLeast("checkpoints that the liar was asked for", (double) met.liarAsked(), "requests", 1)
                .all();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("inputs", decoded.inputs());
        results.put("accepted", decoded.accepted());
        results.put("refused", decoded.refused());
        results.put("touched", List.copyOf(decoded.touched()));
        results.put("visitsOfStrangers", met.visits());
        results.put("crowdOfStrangers", CROWD);
        results.put("lies", met.lies());
        results.put("honestMessages", met.words());
        return new Report(1, bars, results, List.of(command));
    }
}
