package dev.foresail.choice.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.Above;
import dev.foresail.choice.Caller;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.Service;
import dev.foresail.choice.Stable;
import dev.foresail.choice.Uses;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.HandlerDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What layers may do to each other, and when: a writer over a reader, both over one post office. */
class LayerRulesTest {
    private static final NodeId ONE = NodeId.of(1);

    /** The handles that the lowest layer was given: no protocol may keep them. */
    private static final List<Node> GIVEN = new ArrayList<>();

    /** Carries messages. */
    @Service
    public interface Post {
        void send(Record message);

        int count();

        /** What users are told. */
        interface Upcalls {
            void arrived(@Caller String layer, Record message);
        }
    }

    /** Counts what it has read. */
    @Service
    public interface Reading {
        int read();
    }

    /** Carries one letter at a time. */
    @Protocol(value = "office", provides = Post.class)
    public static final class Office {
        public record Letter(String layer, Record content) {}

        @Above
        Post.Upcalls above;

        public boolean notesCounts;
        public boolean isShut;
        public int sent;

        @OnDowncall
        void send(Record message, Node node) {
            sent++;
            GIVEN.add(node);
            if (isShut) {
                throw node.fail("shut");
            }
            node.send(node.self(), new Letter("writer", message));
        }

        @OnDowncall
        int count(Node node) {
            if (notesCounts) {
                node.note("counted");
            }
            return sent;
        }

        @OnMessage
        void letter(Letter letter) {
            above.arrived(letter.layer(), letter.content());
        }
    }

    /** Reads what others have written. */
    @Protocol(value = "reader", provides = Reading.class)
    public static final class Reader {
        @Uses
        Post post;

        public final List<Record> read = new ArrayList<>();
        public boolean sendsWhenAsked;
        public boolean usesGiven;

        @Durable
        public int reads;

        @OnDowncall(value = "read", when = "hasPost")
        int readPost(Node node) {
            reads++;
            node.note("read");
            return reads;
        }

        @OnDowncall(value = "read", when = "!hasPost")
        int readNothing() {
            return 0;
        }

        boolean hasPost() {
            if (sendsWhenAsked) {
                post.send(new Writer.Note(List.of()));
            }
            return post.count() > 0;
        }

        @OnUpcall
        void arrived(String layer, Record message) {
            read.add(message);
        }

        @OnCall
        void push() {
            reads++;
            if (usesGiven) {
                GIVEN.get(0).note("late");
            }
        }
    }

    /** Writes. */
    @Protocol("writer")
    public static final class Writer {
        public record Note(List<String> lines) {}

        @Uses
        Post post;

        @Uses
        Reading reading;

        public final List<Record> written = new ArrayList<>();

        @Stable
        public final SortedSet<Integer> pages = new TreeSet<>();

        @OnCall
        void push() {
            post.send(new Note(List.of("a")));
        }

        @OnCall
        void pushAndGoOnWriting() {
            List<String> lines = new ArrayList<>(List.of("a"));
            Note note = new Note(lines);
            post.send(note);
            lines.add("b");
            post.send(note);
        }

        @OnCall
        void look() {
            pages.add(reading.read());
        }

        @OnCall(when = "pushes")
        void careless() {}

        boolean pushes() {
            post.send(new Note(List.of()));
            return true;
        }

        @OnUpcall
        void arrived(String layer, Note message) {
            written.add(message);
        }
    }

    private final StackMachine machine = StackMachine.of(List.of(
            new LayerRulesTest_WriterMachine(),
            new LayerRulesTest_ReaderMachine(),
            new LayerRulesTest_OfficeMachine()));
    private final EmbeddedNode<Stack> node = EmbeddedNode.of(machine, ONE).start();
    /** A step that fails leaves another object behind. */
    private Writer writer() {
        return node.state().layer(Writer.class);
    }

    private Reader reader() {
        return node.state().layer(Reader.class);
    }

    private Office office() {
        return node.state().layer(Office.class);
    }

    @Test
    void anUpcallGoesToTheLayerItNamesWhosesoeverMessageItHandsOver() {
        Writer.Note note = new Writer.Note(List.of("a"));
        node.deliver(ONE, new Office.Letter("reader", note));
        assertEquals(List.of(note), reader().read);
        assertEquals(List.of(), writer().written);
        node.deliver(ONE, new Office.Letter("writer", note));
        assertEquals(List.of(note), writer().written);
    }

    @Test
    void aGuardThatSendsByAnotherLayerIsRefusedAndNothingIsSent() {
        ProtocolException refused = assertThrows(ProtocolException.class, () -> node.call("careless"));
        assertEquals("FS499", refused.code());
        assertEquals(0, office().sent);
    }

    @Test
    void aGuardOfACallBetweenLayersOnlyAsks() {
        node.call("writer.push").call("look");
        assertEquals(List.of("reader: read"), node.notes());
        assertEquals(new TreeSet<>(List.of(1)), writer().pages);

        office().notesCounts = true;
        assertEquals(
                "FS108",
                assertThrows(ProtocolException.class, () -> node.call("look")).code());
        office().notesCounts = false;
        reader().sendsWhenAsked = true;
        assertEquals(
                "FS499",
                assertThrows(ProtocolException.class, () -> node.call("look")).code());
        assertEquals(1, office().sent);
        assertEquals(1, reader().reads);
    }

    @Test
    void aBlankStateHasNoDurableFieldsOfLayersWithoutStableOnes() {
        node.call("writer.push").call("look");
        Stack blank = machine.blank(node.state());
        assertNotSame(reader(), blank.layer(Reader.class));
        assertEquals(0, blank.layer(Reader.class).reads);
        assertEquals(1, machine.restarted(node.state()).layer(Reader.class).reads);
    }

    @Test
    void handlersSayTheStacksNamesOfCalls() {
        List<String> events = machine.handlers().stream()
                .map(HandlerDescription::events)
                .flatMap(List::stream)
                .toList();
        assertEquals(
                List.of(
                        "call writer.push",
                        "call pushAndGoOnWriting",
                        "call look",
                        "call careless",
                        "call reader.push",
                        "message Letter"),
                events);
    }

    @Test
    void whoGoesOnWritingChangesNothingThatIsSent() {
        node.call("pushAndGoOnWriting");
        assertEquals(
                List.of(
                        new Office.Letter("writer", new Writer.Note(List.of("a"))),
                        new Office.Letter("writer", new Writer.Note(List.of("a", "b")))),
                node.takeSent().stream().map(Sent::message).toList());
    }

    /** An engine that goes on with the very state, as one that ends with the failure would not. */
    @Test
    void aHandlerThatFailsWithinACallLeavesNoEventBehind() {
        Stack stack = machine.create(List.of());
        Post post = stack.layer(Writer.class).post;
        stack.layer(Office.class).isShut = true;
        for (int event = 1; event <= 3; event++) {
            assertThrows(ProtocolException.class, () -> run(stack, "writer.push"));
            assertEquals(event, stack.layer(Office.class).sent);
            ProtocolException refused =
                    assertThrows(ProtocolException.class, () -> post.send(new Writer.Note(List.of())));
            assertEquals("FS499", refused.code(), "there is no event in which it could be sent");
        }
        stack.layer(Office.class).isShut = false;
        run(stack, "writer.push");
        assertEquals(4, stack.layer(Office.class).sent);
    }

    private void run(Stack stack, String call) {
        Event event = new Event.Call(call, List.of());
        Alternative only =
                machine.alternatives(stack, event, new GuardNode(ONE)).get(0);
        machine.run(stack, event, only, new SilentNode(ONE));
    }

    @Test
    void aHandleThatIsKeptIsRefusedInLaterEvents() {
        GIVEN.clear();
        node.call("writer.push");
        assertThrows(IllegalStateException.class, () -> GIVEN.get(0).note("between events"));
        reader().usesGiven = true;
        assertThrows(IllegalStateException.class, () -> node.call("reader.push"));
        node.call("writer.push");
        assertEquals(List.of(), node.notes());
    }

    @Test
    void whatNobodyCanChangeIsNotMadeAgain() {
        Object frozen = machine.freeze(new Office.Letter("writer", new Writer.Note(new ArrayList<>(List.of("a")))));
        assertSame(frozen, machine.freeze(frozen));
    }
}
