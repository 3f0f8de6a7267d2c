package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake with what nodes contribute to a property, each expected on the line that is marked with its code. */
class MultisetMistakesTest {
    @TempDir
    Path output;

    private String mistakesOf(String members) {
        Compilation compilation = Compilation.of(output, "@Protocol(\"p\") class P {\n" + members + "\n}");
        compilation.assertMarkedMistakes();
        return compilation.toString();
    }

    @Test
    void whatNodesContributeIsAFieldOrFollowsFromTheState() {
        assertEquals("", mistakesOf("""
                record Vote(int round, NodeId voter) {}
                enum Phase { IDLE, BUSY }
                int round;
                NodeId leader;
                Phase phase = Phase.IDLE;
                Optional<String> decided = Optional.empty();
                final List<Vote> votes = new ArrayList<>();
                int leader() { return 1; }
                static boolean isIdle(P p) { return p.phase == Phase.IDLE; }
                static Collection<Integer> rounds(P p) { return p.votes.stream().map(Vote::round).toList(); }
                static Optional<NodeId> self(P p, NodeId self) { return Optional.of(self); }
                @Safety static boolean one(@Each("round") Multiset<Integer> rounds) { return true; }
                @Safety static boolean two(@Each("leader") Multiset<NodeId> leaders, @Each("phase") Multiset<Phase> phases) {
                    return leaders.distinct() <= phases.size(); }
                @Liveness static boolean three(@Each("decided") Multiset<String> decided) { return !decided.isEmpty(); }
                @Safety static boolean four(@Each("votes") Multiset<Vote> v, @Each("rounds") Multiset<Integer> r) {
                    return v.distinct() == r.distinct(); }
                @Safety static boolean five(@Each("isIdle") Multiset<Boolean> idle, @Each("self") Multiset<NodeId> all) {
                    return true; }
                """));
    }

    @Test
    void fs563WhatEachNodeContributesIsKnown() {
        String text = mistakesOf("""
                NodeId leader;
                int round;
                Optional<String> decided = Optional.empty();
                final SortedMap<Integer, String> log = new TreeMap<>();
                int[] slots = new int[3];
                record Ballot(List<Integer> numbers) {}
                Ballot ballot;
                int both;
                static int both(P p) { return 1; }
                int instance() { return 1; }
                private static int hidden(P p) { return 1; }
                static int thrower(P p) throws Exception { return 1; }
                static void nothing(P p) {}
                static int many(P p, int other) { return 1; }
                static int twice(P p) { return 1; }
                static int twice(P p, NodeId self) { return 1; }
                @Safety static boolean a(@Each("leadr") Multiset<NodeId> all) { return true; } //! FS563
                @Safety static boolean b(@Each("instance") Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean c(@Each("hidden") Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean d(@Each("thrower") Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean e(@Each("nothing") Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean f(@Each("many") Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean g(@Each("twice") Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean h(@Each("both") Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean i(@Each("round") Multiset<Long> all) { return true; } //! FS563
                @Safety static boolean j(@Each("decided") Multiset<Optional<String>> all) { return true; } //! FS563
                @Safety static boolean k(@Each("log") Multiset<String> all) { return true; } //! FS563
                @Safety static boolean l(@Each("slots") Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean m(@Each("ballot") Multiset<Ballot> all) { return true; } //! FS563
                @Safety static boolean n(@Each("round") int all) { return true; } //! FS563
                @Safety static boolean o(Multiset<Integer> all) { return true; } //! FS563
                @Safety static boolean p(@Each("round") Multiset<Integer> all, P p) { return true; } //! FS563
                @Liveness static boolean q(@Each("") Multiset<Integer> all) { return true; } //! FS563
                """);
        assertTrue(text.contains("did you mean 'leader'?"), text);
        assertTrue(text.contains("'instance' must be static and take (P) or (P, NodeId)"), text);
        assertTrue(text.contains("'hidden' must not be private"), text);
        assertTrue(text.contains("what 'round' contributes is taken as Multiset<java.lang.Integer>"), text);
        assertTrue(text.contains("what 'decided' contributes is taken as Multiset<java.lang.String>"), text);
        assertTrue(text.contains("'test.P.Ballot' holds a collection"), text);
        assertTrue(text.contains("'slots' must contribute immutable values"), text);
    }
}
