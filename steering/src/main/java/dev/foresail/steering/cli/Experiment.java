package dev.foresail.steering.cli;

import dev.foresail.steering.config.ConfigurationException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An experiment of {@code foresail eval}, found through {@link java.util.ServiceLoader}. Progress and prose go to standard
 * error.
 */
public interface Experiment {
    /** The name on the command line. */
    String name();

    /** What it measures, in one line. */
    String summary();

    /** The options that mean something to it; the verb warns of others. */
    default Set<Option> understands() {
        return EnumSet.allOf(Option.class);
    }

    /** Options that no other experiment has. */
    default List<OwnOption<?>> ownOptions() {
        return List.of();
    }

    /** Runs it; the verb prints the report. */
    Report run(Options options) throws Exception;

    /** Options that not every experiment understands. */
    enum Option {
        SEEDS("--seeds"),
        SEED_BASE("--seed-base"),
        QUICK("--quick"),
        DATA("--data");

        private final String text;

        Option(String text) {
            this.text = text;
        }

        /** As on the command line. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * What the command line says.
     *
     * @param seeds how many, empty for the experiment's own default
     * @param seedBase moves all seeds, so that anyone can run it on seeds that nobody has looked at
     * @param quick a reduced version that takes under a minute
     * @param data where measured latencies are, if anywhere
     * @param interruption an experiment looks at it between steps and reports, when the end is asked for, what it has
     * @param hints where warnings for people go, line by line
     * @param own what was given of the experiment's own options, by name; an empty text for those without a value
     */
    record Options(
            Optional<Integer> seeds,
            long seedBase,
            boolean quick,
            Optional<Path> data,
            Interruption interruption,
            Consumer<String> hints,
            SortedMap<String, String> own) {
        /** Without options of the experiment's own. */
        public Options(
                Optional<Integer> seeds,
                long seedBase,
                boolean quick,
                Optional<Path> data,
                Interruption interruption,
                Consumer<String> hints) {
            this(seeds, seedBase, quick, data, interruption, hints, new TreeMap<>());
        }

        /**
         * The value of one of the experiment's own options.
         *
         * @throws ConfigurationException FS200 when it is not what is expected
         */
        public <T> T own(OwnOption<T> option) {
            String given = own.get(option.name());
            return given == null ? option.defaultValue() : option.read(given);
        }

        /** What was given, with its value where it has one; in the order of the command line. */
        public SortedMap<Option, String> given() {
            SortedMap<Option, String> given = new TreeMap<>();
            seeds.ifPresent(count -> given.put(Option.SEEDS, " " + count));
            if (seedBase != 0) {
                given.put(Option.SEED_BASE, " " + seedBase);
            }
            if (quick) {
                given.put(Option.QUICK, "");
            }
            data.ifPresent(directory -> given.put(Option.DATA, " " + directory));
            return given;
        }

        /** The command that repeats an experiment with those of these options that it understands. */
        public String command(Experiment experiment) {
            StringBuilder command = new StringBuilder("foresail eval " + experiment.name());
            given().forEach((option, value) -> {
                if (experiment.understands().contains(option)) {
                    command.append(' ').append(option).append(value);
                }
            });
            own.forEach((name, value) -> command.append(' ').append(name).append(value.isEmpty() ? "" : " " + value));
            return command.append(" --json").toString();
        }
    }

    /**
     * A figure that was asked for.
     *
     * @param threshold what was asked, for people, such as {@code >= 95}
     */
    record Bar(String name, double value, String unit, String threshold, boolean holds) {}

    /**
     * What came out.
     *
     * @param seeds how many seeds were run
     * @param results what a report draws: maps, lists, numbers, strings
     * @param commands the commands that repeat it
     */
    record Report(int seeds, List<Bar> bars, Map<String, Object> results, List<String> commands) {}
}
