package dev.foresail.steering.cli;

import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.TopologyStatistics;
import dev.foresail.steering.config.ConfigurationException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
            write(SyntheticWideArea.generate(nodes, seed));
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
    @Command(name = "describe", description = "percentiles of latency, asymmetry and detours of a network")
    static final class Describe implements Verb {
        @Mixin
        private CommonOptions common = new CommonOptions();

        @Mixin
        private TopologyOptions topology = new TopologyOptions();

        @Option(names = "--nodes", defaultValue = "490", description = "of a synthetic network (${DEFAULT-VALUE})")
        private int nodes;

        @Option(names = "--seed", defaultValue = "1", description = "of network and samples (${DEFAULT-VALUE})")
        private long seed;

        @Override
        public Integer call() {
            Output output = common.output();
            output.prose("seed " + seed);
            Counts.atLeastOne("--nodes", nodes);
            Topology described = topology.matrix().orElseGet(() -> SyntheticWideArea.generate(nodes, seed));
            if (described.size() < 3) {
                throw new ConfigurationException(
                        "FS229", "figures of a network need at least 3 endpoints, not " + described.size());
            }
            TopologyStatistics statistics = TopologyStatistics.of(described, seed);
            output.prose(statistics.toString().stripTrailing());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("seed", seed);
            json.put("statistics", statistics);
            output.result(json);
            return ExitCode.DONE;
        }
    }
}
