package dev.foresail.steering.cli;

import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What is searched and how far, as options of a verb. */
final class SearchOptions {
    /** A walk needs an end: most protocols have timers that go on for ever. */
    private static final int WALK_DEPTH = 1000;

    @Option(
            names = "--search",
            paramLabel = "KIND",
            defaultValue = "exhaustive",
            completionCandidates = Kinds.class,
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}); only an exhaustive search can say 'holds'")
    private String search = "exhaustive";

    @Option(
            names = "--max-depth",
            paramLabel = "D",
            description = "no path is longer than D events; of walks 1000, else unlimited")
    private Optional<Integer> maxDepth = Optional.empty();

    @Option(names = "--max-seconds", paramLabel = "S", description = "end after so many seconds")
    private Optional<Double> maxSeconds = Optional.empty();

    @Option(names = "--max-states", paramLabel = "N", description = "end after so many distinct worlds")
    private Optional<Long> maxStates = Optional.empty();

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            description = "end when the heap holds so much after a collection, such as 512m or 4g")
    private Optional<String> maxMemory = Optional.empty();

    @Option(names = "--workers", paramLabel = "W", description = "how many threads; else one per processor")
    private Optional<Integer> workers = Optional.empty();

    @Option(
            names = "--expansions",
            paramLabel = "K",
            description = "consequence: how often a local state has its own actions expanded (1)")
    private Optional<Integer> expansions = Optional.empty();

    @Option(names = "--wide-fingerprints", description = "tell worlds apart by 128 bits instead of 64")
    private boolean wideFingerprints;

    @Option(names = "--all-violations", description = "go on after a violation, to one of each property")
    private boolean allViolations;

    @Option(names = "--seed", paramLabel = "S", description = "walk and --profile: of everything that is drawn (1)")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--walks", paramLabel = "N", description = "walk: how many (1000)")
    private Optional<Integer> walks = Optional.empty();

    /** The kinds of searches as they are written on the command line. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(SearchKind.values()).map(Kinds::word).iterator();
        }

        static String word(SearchKind kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws ConfigurationException FS200 when it is none */
    SearchKind kind() {
        return Stream.of(SearchKind.values())
                .filter(kind -> Kinds.word(kind).equals(search))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "FS200",
                        "--search: no search is named '" + search + "'"
                                + Nearest.hint(
                                        search,
                                        Stream.of(SearchKind.values())
                                                .map(Kinds::word)
                                                .toList())));
    }

    /** @throws ConfigurationException FS200 when a value is out of its range */
    SearchSettings settings() {
        SearchKind kind = kind();
        maxDepth.ifPresent(value -> atLeast("--max-depth", 0, value));
        maxStates.ifPresent(value -> atLeast("--max-states", 1, value));
        workers.ifPresent(value -> atLeast("--workers", 1, value));
        expansions.ifPresent(value -> atLeast("--expansions", 1, value));
        walks.ifPresent(value -> atLeast("--walks", 1, value));
        SearchSettings settings = SearchSettings.DEFAULT
                .withKind(kind)
                .withMaxDepth(maxDepth.orElse(kind == SearchKind.WALK ? WALK_DEPTH : Integer.MAX_VALUE))
                .withMaxWorlds(maxStates.orElse(Long.MAX_VALUE))
                .withMaxNanos(maxSeconds.map(SearchOptions::nanos).orElse(Long.MAX_VALUE))
                .withMaxHeapBytes(maxMemory.map(SearchOptions::bytes).orElse(Long.MAX_VALUE))
                .withWorkers(workers.orElseGet(() -> Runtime.getRuntime().availableProcessors()))
                .withExpansions(expansions.orElse(SearchSettings.DEFAULT.expansions()))
                .withSeed(seed())
                .withWalks(walks.orElse(SearchSettings.DEFAULT.walks()));
        settings = wideFingerprints ? settings.withWideFingerprints() : settings;
        return allViolations ? settings.beyondViolations() : settings;
    }

    long seed() {
        return seed.orElse(SearchSettings.DEFAULT.seed());
    }

    /**
     * The options that were given and mean nothing to this kind of search.
     *
     * @param profile whether there are walks besides, for {@code --profile}
     */
    List<String> ignored(boolean profile) {
        boolean walk = kind() == SearchKind.WALK;
        return Stream.of(
                        walk || profile ? Optional.<String>empty() : seed.map(given -> "--seed"),
                        walk ? Optional.<String>empty() : walks.map(given -> "--walks"),
                        walk && wideFingerprints ? Optional.of("--wide-fingerprints") : Optional.<String>empty(),
                        kind() == SearchKind.CONSEQUENCE
                                ? Optional.<String>empty()
                                : expansions.map(given -> "--expansions"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static void atLeast(String option, long least, long value) {
        if (value < least) {
            throw new ConfigurationException(
                    "FS200", option + " is a whole number of at least " + least + ", not " + value);
        }
    }

    private static long nanos(double seconds) {
        if (!(seconds > 0)) {
            throw new ConfigurationException("FS200", "--max-seconds is a number above 0, not " + seconds);
        }
        return (long) Math.min(Long.MAX_VALUE, seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private static long bytes(String text) {
        String number = text.toLowerCase(Locale.ROOT).replaceFirst("[kmg]?b?$", "");
        int shift =
                switch (text.toLowerCase(Locale.ROOT).substring(number.length()).replace("b", "")) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    default -> 0;
                };
        try {
            double bytes = Double.parseDouble(number) * (1L << shift);
            if (bytes >= 1) {
                return (long) bytes;
            }
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw new ConfigurationException(
                "FS200", "--max-memory: '" + text + "' is no size; write a number and k, m or g, such as 512m");
    }
}
