package dev.foresail.eval.complexity;

import dev.foresail.eval.bamboo.Bamboo;
import dev.foresail.eval.chord.Chord;
import dev.foresail.eval.overcast.Overcast;
import dev.foresail.eval.pastry.Pastry;
import dev.foresail.eval.scribe.Scribe;
import dev.foresail.eval.splitstream.SplitStream;
import dev.foresail.eval.vivaldi.Vivaldi;
import java.util.List;
import java.util.Optional;

/**
 * An overlay that Mace was judged by.
 *
 * @param name as in Mace's table
 * @param maceSemicolons figure 7 of Killian et al., Mace: language support for building distributed systems, PLDI 2007
 * @param sources of ours, all that is no scenario or experiment; empty when there is none
 * @param lacks what Mace's has and ours has not; empty when it is whole, and only then it can meet its bar
 */
record Overlay(String name, int maceSemicolons, Optional<Forms> sources, Optional<String> lacks) {
    static final List<Overlay> ALL = List.of(
            whole(
                    "bamboo",
                    500,
                    sources(
                            "bamboo",
                            Bamboo.class,
                            "RoundTrip.java",
                            "../pastry/LeafSet.java",
                            "../pastry/Peer.java",
                            "../pastry/Ring.java",
                            "../pastry/RoutingTable.java")),
            whole("chord", 250, sources("chord", Chord.class, "Ring.java")),
            whole("overcast", 450, sources("overcast", Overcast.class, "OvercastNode.java", "OvercastMessages.java")),
            whole(
                    "pastry",
                    600,
                    sources(
                            "pastry",
                            Pastry.class,
                            "LeafSet.java",
                            "KeyOwners.java",
                            "Peer.java",
                            "Ring.java",
                            "RoutingTable.java")),
            whole("scribe", 300, sources("scribe", Scribe.class, "Group.java", "GroupMulticast.java")),
            whole("splitstream", 200, sources("splitstream", SplitStream.class, "Stripes.java")),
            whole("vivaldi", 100, sources("vivaldi", Vivaldi.class, "HeightVector.java")));

    private static Overlay whole(String name, int maceSemicolons, Optional<Forms> sources) {
        return new Overlay(name, maceSemicolons, sources, Optional.empty());
    }

    private static Optional<Forms> sources(String protocol, Class<?> type, String... others) {
        return Optional.of(new Forms(protocol, "eval", type, List.of(), List.of(others)));
    }
}
