package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.network.provider.LinkProviders;
import dev.foresail.predictor.scenario.Hold;
import dev.foresail.predictor.scenario.LinkFault;
import dev.foresail.predictor.scenario.NetworkFaults;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;

/** The part of a simulation that disturbs its network, knows what is known of it from outside, and remembers crashes. One is used by one thread only. */
abstract class FaultyNetworkStage<S> implements Stage {
    private LinkProviders<NodeId> providers = LinkProviders.none();

    /** From now on every node that was started has a runtime, as if it had had it from the beginning. */
    abstract void makeRuntimes();

    /** @throws IllegalArgumentException when the system has no such node */
    abstract SimulatedNode<S> existing(NodeId id);

    abstract SimulatedNetwork<S> network();

    /** The first message over a new connection takes a round trip more, to set it up; to be said before anything happens. */
    public void setUpConnections() {
        makeRuntimes();
        network().setUpConnections();
    }

    /** What all nodes know of links from outside; to be said before anything happens. */
    public void consult(LinkProviders<NodeId> outside) {
        providers = outside;
    }

    LinkProviders<NodeId> providers() {
        return providers;
    }

    @Override
    public long latestCrash(NodeId node) {
        return existing(node).latestCrash();
    }

    private long untilNanos(Duration duration) {
        return Simulation.later(now().toNanos(), NetworkFaults.nanos(duration));
    }

    @Override
    public void disturb(NodeId from, NodeId to, LinkFault fault, Duration duration) {
        NetworkFaults.checkPair(from, to);
        network().disturb(fault, existing(from), existing(to), untilNanos(duration));
    }

    @Override
    public void clog(NodeId node, Duration duration) {
        network().disturbances().clog(existing(node), untilNanos(duration));
    }

    @Override
    public Hold hold(NodeId from, NodeId to) {
        NetworkFaults.checkPair(from, to);
        return network().hold(existing(from), existing(to));
    }
}
