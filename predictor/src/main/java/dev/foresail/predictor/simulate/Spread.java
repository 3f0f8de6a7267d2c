package dev.foresail.predictor.simulate;

import dev.foresail.network.topology.Division;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What the nodes of one simulation are spread over.
 *
 * @param workers how many threads in this process, at least 1
 * @param relaxation for windows that are wider than messages take; empty for none
 * @param exchange with other processes, which have as many workers each; empty when there are none
 * @param executor runs all workers but the first
 */
record Spread(int workers, Optional<SlowMessages> relaxation, Optional<WindowExchange> exchange, Executor executor) {
    Spread {
        int members = exchange.map(WindowExchange::members).orElse(1);
        if (workers < 1 || members < 1 || (long) workers * members > Simulation.MOST_WORKERS) {
            throw new IllegalArgumentException(members + " members with " + workers + " workers each: there are 1 to "
                    + Simulation.MOST_WORKERS + " workers altogether");
        }
    }

    /** How many parts the nodes are divided into. */
    int parts() {
        return workers * exchange.map(WindowExchange::members).orElse(1);
    }

    /** Of the parts the first one that this process has. */
    int firstOwn() {
        return workers * exchange.map(WindowExchange::self).orElse(0);
    }

    /**
     * Divides the nodes.
     *
     * @param isPossible whether nodes can be in several parts at all
     */
    Result of(SimulationSettings<?> settings, boolean isPossible) {
        int nodes = settings.nodes().size();
        if (parts() == 1) {
            return new Result(Optional.empty(), Optional.empty());
        } else if (!isPossible) {
            return Result.not("the protocol, or what is asked of the simulation, needs a runtime for each node"
                    + " (decision 020), or to be told of each event");
        } else if (relaxation.isPresent() && nodes > PlainPart.MOST_NODES_COUNTED) {
            return Result.not("slow messages are for up to " + PlainPart.MOST_NODES_COUNTED + " nodes");
        }
        return Division.of(settings.topology(), nodes, parts())
                .map(division -> new Result(Optional.empty(), Optional.of(division)))
                .orElseGet(() -> Result.not("the network has no " + parts()
                        + " parts of about equal size with latencies between them that are known to be above 0"));
    }

    /**
     * Either a division, or why there is none; neither for one part.
     */
    record Result(Optional<String> whyNot, Optional<Division> division) {
        private static Result not(String why) {
            return new Result(Optional.of(why), Optional.empty());
        }
    }
}
