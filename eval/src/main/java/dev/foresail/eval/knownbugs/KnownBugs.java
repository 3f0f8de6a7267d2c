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
import java.util.SortedMap;
import java.util.TreeMap;

/** All known bugs. */
public final class KnownBugs {
    private static final String SNAPSHOT = "snapshot";

    private KnownBugs() {}

    /** In the order of their protocols. Bugs of which walks alone can tell, as they keep nodes from getting live, are not among them. */
    public static List<KnownBug<?>> all() {
        return List.of(
                brokenTree(),
                chord(),
                maceChord("66f159d", "isNotAmongSuccessors", "first", 0),
                maceChord("Chord8", "hasASuccessorUnlessAlone", "any", 1),
                maceChord("d5bc9fc", "isRootOfItsOwnPlace", "any", 1),
                maceChord("e11bce2", "hasASuccessorUnlessAlone", "any", 1),
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

    /**
     * By its marker in the Mace source; two nodes are enough.
     *
     * @param known who is known to who joins, from the beginning
     * @param failures how many resets and how many crashes there are then
     */
    private static KnownBug<Chord> maceChord(String marker, String property, String known, int failures) {
        SortedMap<String, String> initial = new TreeMap<>(
                Map.of(SNAPSHOT, "initial", "nodes", "2", "fingers", "false", "known", known, "breaks", "0"));
        initial.put("resets", Integer.toString(failures));
        initial.put("crashes", Integer.toString(failures));
        return new KnownBug<>(
                marker,
                property,
                new ChordMachine(),
                new ChordScenario(),
                new TreeMap<>(
                        Map.of(SNAPSHOT, "ring", "nodes", "2", "fingers", "false", "known", "first", "breaks", "0")),
                initial);
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
