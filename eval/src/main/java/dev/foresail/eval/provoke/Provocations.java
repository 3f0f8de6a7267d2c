package dev.foresail.eval.provoke;

import dev.foresail.eval.chord.Chord;
import dev.foresail.eval.chord.ChordMachine;
import dev.foresail.eval.consensus.Paxos;
import dev.foresail.eval.consensus.PaxosMachine;
import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.eval.macetree.MaceRandTreeMachine;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The known bugs that deployments can be led into. */
public final class Provocations {
    private static final long LATENCY_NANOS = 5_000_000;

    private Provocations() {}

    /** In the order of their ids. */
    public static List<Provocation<?>> all() {
        return List.of(
                ownPredecessor(), lastPromise(), forgottenVotes(), silentRejoin(1), lonelyJoin(), orphanedJoin());
    }

    /** CH-1. */
    public static Provocation<Chord> ownPredecessor() {
        return new Provocation<>(
                "CH-1",
                "isAloneBothWays",
                new ChordMachine(),
                new OwnPredecessor(),
                List.of(),
                OwnPredecessor.LEAST_NODES,
                new TreeMap<>(Map.of("hashed", "false", "maintenancePeriod", "0s")),
                nodes -> new SlowToItself(new UniformTopology(nodes, LATENCY_NANOS)));
    }

    /** PX-1. */
    public static Provocation<Paxos> lastPromise() {
        return consensus("PX-1", new LastPromise());
    }

    /** PX-2. */
    public static Provocation<Paxos> forgottenVotes() {
        return consensus("PX-2", new ForgottenVotes());
    }

    /** Three nodes agree, amid any others. */
    private static Provocation<Paxos> consensus(String bug, Scenario scenario) {
        return new Provocation<>(
                bug,
                "isMajorityFollowed",
                new PaxosMachine(),
                scenario,
                List.of(),
                Assembly.NODES,
                new TreeMap<>(Map.of("size", Integer.toString(Assembly.NODES))),
                nodes -> new UniformTopology(nodes, LATENCY_NANOS));
    }

    /**
     * RT-1.
     *
     * @param head which of the root's children does not notice that its child is lost, 1 being the smallest; of 31 nodes
     *     there are four such children
     */
    public static Provocation<MaceRandTree> silentRejoin(int head) {
        return tree("RT-1", "familyIsDisjoint", new SilentRejoin(), List.of(head), SilentRejoin.LEAST_NODES);
    }

    /** RT-2. */
    public static Provocation<MaceRandTree> lonelyJoin() {
        return tree("RT-2", "recoveryIsArmed", new LonelyJoin(), List.of(), LonelyJoin.LEAST_NODES);
    }

    /** RT-3. */
    public static Provocation<MaceRandTree> orphanedJoin() {
        return tree("RT-3", "rootHasNoSiblings", new OrphanedJoin(), List.of(), OrphanedJoin.LEAST_NODES);
    }

    /** Nodes that try again soon, so that a scenario is over soon. */
    private static Provocation<MaceRandTree> tree(
            String bug, String property, Scenario scenario, List<Object> settings, int leastNodes) {
        return new Provocation<>(
                bug,
                property,
                new MaceRandTreeMachine(),
                scenario,
                settings,
                leastNodes,
                new TreeMap<>(Map.of("maxChildren", "6", "joinTimeout", "1s", "recoveryTimeout", "2s")),
                nodes -> new UniformTopology(nodes, LATENCY_NANOS));
    }
}
