package dev.foresail.steering.cli;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.log.LogLevel;
import dev.foresail.predictor.simulate.SimulatedLog;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** What is told of what nodes do in a simulation. */
final class LogOptions {
    @Option(
            names = "--log",
            paramLabel = "LEVEL[,LEVEL]",
            split = ",",
            description = "tell what nodes do, as closely as the levels say: event, state, message, generated")
    private List<String> levels = List.of();

    @Option(names = "--log-nodes", paramLabel = "ID[,ID]", split = ",", description = "of which nodes; else of all")
    private List<Long> nodes = List.of();

    @Option(
            names = "--log-file",
            paramLabel = "FILE",
            description = "write it down as JSON lines instead of telling it")
    private Optional<Path> file = Optional.empty();

    boolean isGiven() {
        return !levels.isEmpty();
    }

    /** @throws ConfigurationException FS542 when a level is none; FS200 when nothing is to be told, or the nodes are none */
    void check(int count) {
        levels.stream()
                .filter(label -> LogLevel.labelled(label).isEmpty())
                .findFirst()
                .ifPresent(label -> {
                    throw new ConfigurationException(
                            "FS542", "--log: '" + label + "' is no level" + Nearest.hint(label, LogLevel.labels()));
                });
        if (levels.isEmpty() && (!nodes.isEmpty() || file.isPresent())) {
            throw new ConfigurationException(
                    "FS200", "--log-nodes and --log-file are of --log, which says how closely it is told");
        }
        nodes.stream().filter(id -> id < 1 || id > count).findFirst().ifPresent(id -> {
            throw new ConfigurationException("FS200", "--log-nodes: there is no node " + id + " of " + count);
        });
    }

    /** What is asked for; empty when nothing is. */
    Optional<SimulationLog> open(SimulationLog.Origin origin, Output output) {
        if (levels.isEmpty()) {
            return Optional.empty();
        }
        Set<LogLevel> asked = EnumSet.noneOf(LogLevel.class);
        levels.forEach(label -> asked.add(LogLevel.labelled(label).orElseThrow()));
        Set<NodeId> of = new TreeSet<>();
        nodes.forEach(id -> of.add(NodeId.of(id)));
        return Optional.of(new SimulationLog(new SimulatedLog.Wish(asked, of), file, origin, output));
    }
}
