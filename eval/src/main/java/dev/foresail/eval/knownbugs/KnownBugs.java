package dev.foresail.eval.knownbugs;

import dev.foresail.eval.brokentree.BrokenTree;
import dev.foresail.eval.brokentree.BrokenTreeMachine;
import dev.foresail.eval.brokentree.BrokenTreeScenario;
import dev.foresail.eval.chord.Chord;
import dev.foresail.eval.chord.ChordMachine;
import dev.foresail.eval.chord.ChordScenario;
import dev.foresail.eval.consensus.Paxos;
import dev.foresail.eval.consensus.PaxosMachine;
import dev.foresail.eval.consensus.PaxosScenario;
import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.eval.macetree.MaceRandTreeMachine;
import dev.foresail.eval.macetree.MaceTreeScenario;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All known bugs. */
public final class KnownBugs {
    private static final String SNAPSHOT = "snapshot";

    private KnownBugs() {}

    /** In the order of their ids. */
    public static List<KnownBug<?>> all() {
        return List.of(
                brokenTree(),
                chord(),
                paxos("PX-1"),
                paxos("PX-2"),
                maceTree("RT-1", "familyIsDisjoint", "chain", "4"),
                maceTree("RT-2", "recoveryIsArmed", "alone", "4"),
                maceTree("RT-3", "rootHasNoSiblings", "star-joining", "5"));
    }

    private static KnownBug<MaceRandTree> maceTree(String id, String property, String snapshot, String nodes) {
        return new KnownBug<>(
                id,
                property,
                new MaceRandTreeMachine(),
                new MaceTreeScenario(),
                new TreeMap<>(Map.of(SNAPSHOT, snapshot)),
                new TreeMap<>(Map.of(SNAPSHOT, "initial", "nodes", nodes, "failures", "2")));
    }

    private static KnownBug<Paxos> paxos(String id) {
        return new KnownBug<>(
                id,
                "isAgreed",
                new PaxosMachine(),
                new PaxosScenario(),
                new TreeMap<>(Map.of(SNAPSHOT, "chosen")),
                new TreeMap<>(Map.of(SNAPSHOT, "initial", "rounds", "2", "crashes", "2")));
    }

    private static KnownBug<Chord> chord() {
        return new KnownBug<>(
                "CH-1",
                "isAloneBothWays",
                new ChordMachine(),
                new ChordScenario(),
                new TreeMap<>(Map.of(SNAPSHOT, "ring", "fingers", "false", "known", "first", "breaks", "0")),
                new TreeMap<>(Map.of(
                        SNAPSHOT, "initial", "nodes", "4", "fingers", "false", "known", "first", "breaks", "0")));
    }

    private static KnownBug<BrokenTree> brokenTree() {
        return new KnownBug<>(
                "BT-1",
                "hasNoLoops",
                new BrokenTreeMachine(),
                new BrokenTreeScenario(),
                new TreeMap<>(Map.of(SNAPSHOT, "star")),
                new TreeMap<>(Map.of(SNAPSHOT, "initial")));
    }
}
