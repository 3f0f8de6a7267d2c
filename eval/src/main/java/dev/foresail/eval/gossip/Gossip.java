package dev.foresail.eval.gossip;

import dev.foresail.choice.Default;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import java.time.Duration;

/**
 * Push gossip (Demers et al., "Epidemic Algorithms for Replicated Database Maintenance", PODC 1987): whoever has heard the rumour
 * tells it to a random node in every period, for some rounds. A node's state is one number, so that very many fit.
 */
@Protocol("gossip")
public final class Gossip {
    private static final int NOT_HEARD = -1;

    /** "Have you heard?" */
    public record Rumour() {}

    final int nodes;
    final Duration period;
    final int rounds;
    /** How many more times the rumour is told here. */
    int left = NOT_HEARD;

    /**
     * @param nodes how many there are, with the ids 1 to this
     * @param period from one telling to the next
     * @param rounds how many times a node tells it
     */
    public Gossip(@Default("31") int nodes, @Default("1s") Duration period, @Default("20") int rounds) {
        if (nodes < 1 || rounds < 0) {
            throw new IllegalArgumentException(
                    "there is at least 1 node and no less than 0 rounds, not " + nodes + " and " + rounds);
        }
        this.nodes = nodes;
        this.period = period;
        this.rounds = rounds;
    }

    @OnCall
    void tell(Node node) {
        hear(node);
    }

    @OnMessage
    void rumour(Rumour rumour, Node node) {
        hear(node);
    }

    private void hear(Node node) {
        if (left == NOT_HEARD) {
            left = rounds;
            node.setTimer("push", period);
        }
    }

    @OnTimer("push")
    void push(Node node) {
        if (left > 0) {
            left--;
            node.send(NodeId.of(1 + node.random(nodes)), new Rumour());
            node.setTimer("push", period);
        }
    }

    boolean hasHeard() {
        return left != NOT_HEARD;
    }

    /** The share of the nodes that have heard the rumour. */
    @Metric
    static double heard(SystemView<Gossip> system) {
        long heard = system.nodes().stream()
                .filter(node -> system.state(node).hasHeard())
                .count();
        return (double) heard / system.nodes().size();
    }
}
