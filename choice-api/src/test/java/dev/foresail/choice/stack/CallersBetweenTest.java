package dev.foresail.choice.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.Above;
import dev.foresail.choice.Caller;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.Service;
import dev.foresail.choice.Uses;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two layers use a service that says to whom an upcall goes; the one between has to keep that itself. */
class CallersBetweenTest {
    private static final NodeId ONE = NodeId.of(1);

    /** Carries messages to the layer that has sent them. */
    @Service
    public interface Posting {
        void post(Record message);

        interface Upcalls {
            void posted(@Caller String layer, Record message);
        }
    }

    /** Posts to the node itself. */
    @Protocol(value = "post-office", provides = Posting.class)
    public static final class PostOffice {
        public record Letter(String layer, Record content) {}

        @Above
        Posting.Upcalls above;

        @OnDowncall
        void post(Record message, @Caller String caller, Node node) {
            node.send(node.self(), new Letter(caller, message));
        }

        @OnMessage
        void letter(Letter letter) {
            above.posted(letter.layer(), letter.content());
        }
    }

    /** Hands on what it gets with whose it is. */
    @Protocol(value = "keeping", provides = Posting.class)
    public static final class Keeping {
        public record Kept(String layer, Record content) {}

        @Uses
        Posting below;

        @Above
        Posting.Upcalls above;

        @OnDowncall
        void post(Record message, @Caller String caller) {
            below.post(new Kept(caller, message));
        }

        @OnUpcall
        void posted(String layer, Kept kept) {
            above.posted(kept.layer(), kept.content());
        }
    }

    /** Hands on what it gets, and no more. */
    @Protocol(value = "forgetting", provides = Posting.class)
    public static final class Forgetting {
        @Uses
        Posting below;

        @Above
        Posting.Upcalls above;

        @OnDowncall
        void post(Record message) {
            below.post(message);
        }

        @OnUpcall
        void posted(String layer, Record message) {
            above.posted(layer, message);
        }
    }

    /** So that one user may stand below the other. */
    @Service
    public interface Counting {
        int count();
    }

    /** One. */
    @Protocol("left")
    public static final class Left {
        public record Note(String text) {}

        @Uses
        Posting posting;

        @Uses
        Counting counting;

        public final List<String> came = new ArrayList<>();

        @OnCall
        void write() {
            posting.post(new Note("of the left one"));
        }

        @OnUpcall
        void posted(String layer, Note note) {
            came.add(note.text());
        }
    }

    /** Another. */
    @Protocol(value = "right", provides = Counting.class)
    public static final class Right {
        @Uses
        Posting posting;

        public final List<Record> came = new ArrayList<>();

        @OnDowncall
        int count() {
            return came.size();
        }

        @OnUpcall
        void posted(String layer, Record message) {
            came.add(message);
        }
    }

    private static EmbeddedNode<Stack> written(Machine<?> between) {
        StackMachine machine = StackMachine.of(List.of(
                new CallersBetweenTest_LeftMachine(),
                new CallersBetweenTest_RightMachine(),
                between,
                new CallersBetweenTest_PostOfficeMachine()));
        EmbeddedNode<Stack> node = EmbeddedNode.of(machine, ONE).start();
        node.call("write");
        node.takeSent().forEach(sent -> node.deliver(ONE, sent.message()));
        return node;
    }

    @Test
    void whoKeepsTheCallerReachesIt() {
        Stack stack = written(new CallersBetweenTest_KeepingMachine()).state();
        assertEquals(List.of("of the left one"), stack.layer(Left.class).came);
        assertEquals(List.of(), stack.layer(Right.class).came);
    }

    /** The layer below knows the one between alone. */
    @Test
    void whoDoesNotReachesNobody() {
        ProtocolException refused =
                assertThrows(ProtocolException.class, () -> written(new CallersBetweenTest_ForgettingMachine()));
        assertEquals("FS498", refused.code());
    }
}
