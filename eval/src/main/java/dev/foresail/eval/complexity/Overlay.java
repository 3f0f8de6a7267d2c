package dev.foresail.eval.complexity;

import dev.foresail.eval.chord.Chord;
import dev.foresail.eval.overcast.Overcast;
import dev.foresail.eval.vivaldi.Vivaldi;
import java.util.List;
import java.util.Optional;

/**
 * An overlay that Mace was judged by.
 *
 * @param name as in Mace's table, with what ours leaves out
 * @param maceSemicolons figure 7 of Killian et al., Mace: language support for building distributed systems, PLDI 2007
 * @param sources of ours, all that is no scenario or experiment; empty when there is none
 */
record Overlay(String name, int maceSemicolons, Optional<Forms> sources) {
    static final List<Overlay> ALL = List.of(
            missing("bamboo", 500),
            new Overlay("chord (without fingers)", 250, sources("chord", Chord.class, "Ring.java")),
            new Overlay(
                    "overcast", 450, sources("overcast", Overcast.class, "OvercastNode.java", "OvercastMessages.java")),
            missing("pastry", 600),
            missing("scribe", 300),
            missing("splitstream", 200),
            new Overlay("vivaldi", 100, sources("vivaldi", Vivaldi.class, "HeightVector.java")));

    private static Overlay missing(String name, int maceSemicolons) {
        return new Overlay(name, maceSemicolons, Optional.empty());
    }

    private static Optional<Forms> sources(String protocol, Class<?> type, String... others) {
        return Optional.of(new Forms(protocol, "eval", type, List.of(), List.of(others)));
    }
}
