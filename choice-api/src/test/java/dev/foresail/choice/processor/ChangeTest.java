package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.sample.Committee;
import dev.foresail.choice.sample.GuestMachine;
import dev.foresail.choice.sample.layers.RangeKeeping;
import dev.foresail.choice.sample.layers.RangeUser;
import dev.foresail.choice.stack.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers of changes, at the end of the step. */
class ChangeTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    @TempDir
    Path output;

    private final EmbeddedNode<Committee> node = EmbeddedNode.of(Committee.class, ONE);

    private List<String> seen() {
        List<String> seen = List.copyOf(node.state().seen);
        node.state().seen.clear();
        return seen;
    }

    @Test
    void whatChangesIsHandledInTheSameStepAndWhatFollowsFromItToo() {
        node.call("join", TWO);
        assertEquals(List.of("members were []", "chair was Optional.empty, CLOSED"), seen());
        assertEquals(Optional.of(TWO), node.state().chair);
        node.call("join", ONE);
        // The second round sees what the first has changed: the chair, and the session that the quorum has opened.
        assertEquals(
                List.of("members were [" + TWO + "]", "chair was " + Optional.of(TWO) + ", CLOSED", "opened by 1"),
                seen());
        node.call("leave", ONE);
        assertEquals(Committee.Session.CLOSED, node.state().session);
        assertEquals(
                List.of("members: [" + TWO + "]", "members: [" + ONE + ", " + TWO + "]", "members: [" + TWO + "]"),
                node.notes());
    }

    @Test
    void nothingRunsWhenTheStepLeavesEverythingAsItWas() {
        node.call("join", TWO);
        seen();
        node.call("comeAndGo", ONE).call("join", TWO);
        assertEquals(List.of(), seen());
        assertEquals(1, node.notes().size());
    }

    @Test
    void guardsMustHoldAndControlStatesAreEntered() {
        node.call("replaceAgenda", List.of("tea"));
        assertEquals(List.of(), seen());
        node.call("join", ONE).call("join", TWO);
        assertTrue(seen().contains("opened by 1"));
        node.call("replaceAgenda", List.of("tea"));
        assertEquals(List.of(), seen(), "an agenda with the same items is the same");
        node.call("replaceAgenda", List.of("tea", "cake"));
        node.call("replaceAgenda", List.of("cake", "tea")).call("replaceAgenda", List.of());
        assertEquals(List.of("discuss [tea, cake]", "discuss [cake, tea]", "discuss null"), seen());
    }

    @Test
    void collectionsWithinMapsAndArraysAreLookedInto() {
        node.call("vote", ONE, 5).call("vote", ONE, 6).call("vote", TWO, 5);
        assertEquals(List.of("votes 1", "votes 1", "votes 2"), seen());
        node.call("seat", 0, 2.5).call("seat", 1, 0.0);
        assertEquals(List.of("paid 2.5 for seat 0", "paid 0.0 for seat 1"), seen());
    }

    @Test
    void aStepThatFailsHasNoChanges() {
        assertThrows(ProtocolException.class, () -> node.call("failing", ONE));
        assertEquals(List.of(), seen());
        assertEquals(List.of(), List.copyOf(node.state().members));
    }

    @Test
    void fs501ChangesWithoutEndAreAMistakeThatIsUndone() {
        ProtocolException endless = assertThrows(ProtocolException.class, () -> node.call("turn"));
        assertEquals("FS501", endless.code());
        assertTrue(endless.getMessage().contains("[turnAgain]"), endless::getMessage);
        assertEquals(0, node.state().turns);
    }

    @Test
    void aProtocolWithoutPaysNothing() {
        Machine<?> plain = new GuestMachine();
        assertEquals(Optional.empty(), plain.stepEnd());
        assertEquals(
                1,
                List.of(plain.getClass().getDeclaredMethods()).stream()
                        .filter(each -> !each.isBridge() && each.getName().matches("run|handle"))
                        .count());
    }

    /** Greets whoever comes while the door is open, and opens and shuts it at the end of the same step. */
    @Protocol("porter")
    static final class Porter {
        int guests;
        int opened;
        boolean isOpen;
        boolean isTired;
        final List<String> seen = new ArrayList<>();

        boolean isOpen() {
            return isOpen;
        }

        boolean hasGuests() {
            return guests > 0 && !isTired;
        }

        @OnCall
        void arrive(int count) {
            guests += count;
        }

        @OnChange(value = "guests", when = "isOpen")
        void greet(int before) {
            seen.add(before + " to " + guests);
        }

        @OnChange("guests")
        void open() {
            isOpen = guests > 1;
            opened++;
            isTired = true;
        }

        @OnChange(when = "hasGuests")
        void rejoice() {
            seen.add("rejoice");
        }

        @OnChange("opened")
        void rest() {
            isTired = false;
        }
    }

    @Test
    void aChangeWaitsForItsGuardUntilTheEndOfTheStep() {
        EmbeddedNode<Porter> porter = EmbeddedNode.of(new ChangeTest_PorterMachine(), ONE);
        porter.call("arrive", 1);
        assertEquals(
                List.of("rejoice"), porter.state().seen, "a guard that has risen may fall until its handler's turn");
        porter.call("arrive", 2);
        assertEquals(List.of("rejoice", "1 to 3", "rejoice"), porter.state().seen, "what was before the step");
        porter.call("arrive", -3);
        assertEquals("3 to 0", porter.state().seen.get(3));
        assertEquals(4, porter.state().seen.size());
    }

    /** Two downcalls of one step are one change; what is heard above may change the layer below again. */
    @Test
    void layersTellEachOtherOfTheStepsOutcome() {
        EmbeddedNode<Stack> stack = EmbeddedNode.ofLayers(ONE, RangeUser.class, RangeKeeping.class);
        stack.call("take", 2L);
        assertEquals(List.of("10 to 14"), stack.state().layer(RangeUser.class).heard);
        stack.connectionError(ONE);
        assertEquals(List.of("10 to 14", "14 to 15", "15 to 16"), stack.state().layer(RangeUser.class).heard);
        stack.call("take", 2L);
        assertEquals(20, stack.state().layer(RangeKeeping.class).end);
        assertEquals(
                List.of("16 to 20", "full"),
                stack.state().layer(RangeUser.class).heard.subList(3, 5));
        assertEquals(List.of("range-user: full"), stack.notes());
    }

    /** The messages of compiling a protocol that consists of {@code members}. */
    private String compile(String members) {
        Compilation compilation = Compilation.of(output, "@Protocol(\"p\") class P {\n" + members + "\n}");
        compilation.assertMarkedMistakes();
        return compilation.toString();
    }

    @Test
    void fs502WhatIsWatchedIsStateThatChanges() {
        String text = compile("""
                final int limit;
                P(int limit) { this.limit = limit; }
                NodeId parent;
                static final int FIXED = 1;
                @OnChange("parnet") //! FS502
                void one() {}
                @OnChange("limit") //! FS502
                void two() {}
                @OnChange //! FS502
                void three() {}
                @OnChange({"parent", "parent"}) //! FS502
                void four() {}
                @OnChange("FIXED") //! FS502
                void five() {}
                """);
        assertTrue(text.contains("no field is named 'parnet'; did you mean 'parent'?"), text);
        assertTrue(text.contains("the field 'limit' is no state that changes"), text);
        assertTrue(text.contains("'three' watches nothing"), text);
        assertTrue(text.contains("'parent' is named twice"), text);
    }

    @Test
    void fs503TheValuesBeforeAreThoseOfTheFields() {
        String text = compile("""
                NodeId parent;
                NavigableSet<NodeId> children = new TreeSet<>();
                @OnChange({"parent", "children"})
                void one(NodeId before) {} //! FS503
                @OnChange({"parent", "children"})
                void two(Node node, NodeId before,
                    int other) {} //! FS503
                @OnChange({"parent", "children"})
                void right(NodeId before, SortedSet<NodeId> childrenBefore, Node node) {}
                """);
        assertTrue(text.contains("takes 1 values from before the step but watches 2 fields"), text);
        assertTrue(text.contains("'other' of 'two' is what 'children' was before the step"), text);
    }

    @Test
    void itIsAHandlerLikeOthers() {
        compile("""
                NodeId parent;
                @OnChange("parent")
                int one() { return 1; } //! FS003
                @OnChange(value = "parent", when = "isFull") //! FS011
                void two() {}
                @OnChange("parent") @OnStart
                void three() {} //! FS003
                @OnChange("parent")
                void four(@ChoicePoint(from = "parents") NodeId parent) {} //! FS003
                List<NodeId> parents = List.of();
                """);
    }

    @Test
    void itMayBeInheritedAndItsGuardMayBeOfASuperclass() {
        Compilation compilation = Compilation.of(output, """
                abstract class Base {
                    int count;
                    boolean isHigh() { return count > 3; }
                    @OnChange("count") void counted(int before) {}
                }""", """
                @Protocol("p") class P extends Base {
                    @OnCall void count() { count++; }
                    @OnChange(when = "isHigh") void high(Node node) {}
                    @Override
                    void counted(int before) {} //! FS484
                }""");
        compilation.assertMarkedMistakes();
    }
}
