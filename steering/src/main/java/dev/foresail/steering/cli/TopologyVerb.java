package dev.foresail.steering.cli;

import dev.foresail.network.topology.MatrixReader;
import dev.foresail.network.topology.StatisticsComparison;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.TopologyStatistics;
import dev.foresail.steering.config.ConfigurationException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foresail topology}: synthetic networks, and figures of networks. */
@Command(
        name = "topology",
        description = "generate a synthetic wide-area network, or describe one",
        subcommands = {TopologyVerb.Generate.class, TopologyVerb.Describe.class})
public final class TopologyVerb implements Verb {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do: generate or describe");
    }

    /** Writes a network as a matrix that {@code --topology} reads. */
    @Command(name = "generate", description = "write a synthetic wide-area network as a matrix of latencies")
    static final class Generate implements Verb {
        @Mixin
        private CommonOptions common = new CommonOptions();

        @Mixin
        private TopologyOptions topology = new TopologyOptions();

        @Option(names = "--nodes", defaultValue = "31", description = "how many endpoints (${DEFAULT-VALUE})")
        private int nodes;

        @Option(names = "--seed", defaultValue = "1", description = "of the network (${DEFAULT-VALUE})")
        private long seed;

        @Option(names = "--output", paramLabel = "FILE", required = true, description = "where to write it (CSV)")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            Output output = common.output();
            output.prose("seed " + seed);
            Counts.atLeastOne("--nodes", nodes);
            if (nodes > MatrixReader.MAXIMUM_ENDPOINTS) {
                throw new ConfigurationException(
                        "FS229",
                        "a matrix has at most " + MatrixReader.MAXIMUM_ENDPOINTS + " endpoints, not " + nodes
                                + "; larger networks need no file: simulate --like makes them");
            }
            write(topology.topologies(nodes).apply(seed));
            output.prose("written to " + file + ": one-way latencies in microseconds; read it with --topology " + file
                    + " --one-way");
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("nodes", nodes);
            json.put("seed", seed);
            json.put("file", file.toString());
            output.result(json);
            return ExitCode.DONE;
        }

        private void write(Topology topology) {
            try (BufferedWriter writer = Files.newBufferedWriter(file)) {
                for (int from = 0; from < topology.size(); from++) {
                    StringBuilder line = new StringBuilder();
                    for (int to = 0; to < topology.size(); to++) {
                        long nanos = topology.latencyNanos(from, to);
                        line.append(to == 0 ? "" : ",").append(nanos / 1000).append('.');
                        line.append(Long.toString(1000 + nanos % 1000), 1, 4);
                    }
                    writer.write(line.append('\n').toString());
                }
            } catch (IOException failure) {
                throw new ConfigurationException("FS229", "cannot write " + file + ": " + failure.getMessage());
            }
        }
    }

    /** Tells how much a network resembles real ones. */
    @Command(
            name = "describe",
            description = "figures of a network, compared with another's; or what a running node knows of its links")
    static final class Describe implements Verb {
        @Mixin
        private CommonOptions common = new CommonOptions();

        @Mixin
        private TopologyOptions topology = new TopologyOptions();

        @Option(names = "--nodes", defaultValue = "490", description = "of a synthetic network (${DEFAULT-VALUE})")
        private int nodes;

        @Option(names = "--seed", defaultValue = "1", description = "of network and samples (${DEFAULT-VALUE})")
        private long seed;

        @Option(
                names = "--compare",
                paramLabel = "FILE",
                description = "a matrix to compare with; exit code 5 when they are not alike")
        private Optional<Path> reference = Optional.empty();

        @Option(names = "--compare-one-way", description = "the matrix to compare with holds one-way latencies")
        private boolean referenceOneWay;

        @Mixin
        private RunningLinks running = new RunningLinks();

        @Option(names = "--memory", description = "tell what the network itself takes of the heap")
        private boolean memory;

        @Override
        public Integer call() {
            Output output = common.output();
            return running.isAsked() ? running.tell(output, common.interruption()) : describe(output);
        }

        private int describe(Output output) {
            output.prose("seed " + seed);
            Counts.atLeastOne("--nodes", nodes);
            long heapBefore = memory ? Heap.settledBytes() : 0;
            Topology described =
                    topology.matrix().orElseGet(() -> topology.topologies(nodes).apply(seed));
            long heapBytes = memory ? Heap.settledBytes() - heapBefore : 0;
            TopologyStatistics statistics = statistics(described);
            output.prose(statistics.toString().stripTrailing());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("seed", seed);
            json.put("statistics", statistics);
            if (memory) {
                output.prose("heap of the network        " + heapBytes + " bytes");
                json.put("heapBytes", heapBytes);
            }
            Optional<StatisticsComparison> comparison = reference.map(file -> StatisticsComparison.of(
                    statistics, statistics(TopologyOptions.matrix(file, "--compare", referenceOneWay))));
            comparison.ifPresent(found -> show(output, found, json));
            output.result(json);
            return comparison.map(StatisticsComparison::isAlike).orElse(true) ? ExitCode.DONE : ExitCode.NOT_MET;
        }

        private TopologyStatistics statistics(Topology network) {
            if (network.size() < 3) {
                throw new ConfigurationException(
                        "FS229", "figures of a network need at least 3 endpoints, not " + network.size());
            }
            return TopologyStatistics.of(network, seed);
        }

        private static void show(Output output, StatisticsComparison comparison, Map<String, Object> json) {
            Table table = new Table("figure", "here", "there", "difference", "");
            List<Map<String, Object>> rows = new ArrayList<>();
            for (StatisticsComparison.Row row : comparison.rows()) {
                double difference = row.isShare() ? row.difference() : (row.ratio() - 1) * 100;
                String shown = String.format(Locale.ROOT, "%+.1f %s", difference, row.isShare() ? "points" : "%");
                table.row(row.name(), row.value(), row.reference(), shown, row.isAlike() ? "" : "not alike");
                Map<String, Object> figure = new LinkedHashMap<>();
                figure.put("name", row.name());
                figure.put("value", row.value());
                figure.put("reference", row.reference());
                figure.put(
                        row.isShare() ? "differencePoints" : "ratio", row.isShare() ? row.difference() : row.ratio());
                figure.put("alike", row.isAlike());
                rows.add(figure);
            }
            output.table(table);
            output.prose(comparison.isAlike() ? "alike" : "not alike");
            json.put("comparison", rows);
            json.put("alike", comparison.isAlike());
        }
    }
}
