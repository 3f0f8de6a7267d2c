package dev.foresail.choice.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Above;
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

/** Layers that use what they provide stand between those that do one of both. */
class LayersBetweenTest {
    private static final NodeId ONE = NodeId.of(1);

    /** Carries messages. */
    @Service
    public interface Carrying {
        void carry(Record message);

        interface Upcalls {
            void carried(Record message);
        }
    }

    /** Carries them to the node itself. */
    @Protocol(value = "carrier", provides = Carrying.class)
    public static final class Carrier {
        public record Parcel(Record content) {}

        @Above
        Carrying.Upcalls above;

        @OnDowncall
        void carry(Record message, Node node) {
            node.send(node.self(), new Parcel(message));
        }

        @OnMessage
        void parcel(Parcel parcel) {
            above.carried(parcel.content());
        }
    }

    /** Counts what goes either way. */
    abstract static class Counter {
        @Uses
        Carrying below;

        @Above
        Carrying.Upcalls above;

        public int down;
        public int up;

        @OnDowncall
        void carry(Record message) {
            down++;
            below.carry(message);
        }

        @OnUpcall
        void carried(Record message) {
            up++;
            above.carried(message);
        }
    }

    /** One. */
    @Protocol(value = "counting", provides = Carrying.class)
    public static final class Counting extends Counter {}

    /** Another. */
    @Protocol(value = "counting-too", provides = Carrying.class)
    public static final class CountingToo extends Counter {}

    /** Has something carried. */
    @Protocol("sender")
    public static final class Sender {
        public record Greeting(String text) {}

        @Uses
        Carrying carrying;

        public final List<String> came = new ArrayList<>();

        @OnCall
        void greet(String text) {
            carrying.carry(new Greeting(text));
        }

        @OnUpcall
        void carried(Greeting greeting) {
            came.add(greeting.text());
        }
    }

    private static EmbeddedNode<Stack> greeted(Machine<?>... layers) {
        EmbeddedNode<Stack> node =
                EmbeddedNode.of(StackMachine.of(List.of(layers)), ONE).start();
        node.call("greet", "hello");
        node.takeSent().forEach(sent -> node.deliver(ONE, sent.message()));
        return node;
    }

    @Test
    void callsGoThroughWhatStandsBetween() {
        Stack stack = greeted(
                        new LayersBetweenTest_SenderMachine(),
                        new LayersBetweenTest_CountingMachine(),
                        new LayersBetweenTest_CountingTooMachine(),
                        new LayersBetweenTest_CarrierMachine())
                .state();
        assertEquals(List.of("hello"), stack.layer(Sender.class).came);
        assertEquals(1, stack.layer(Counting.class).down);
        assertEquals(1, stack.layer(Counting.class).up);
        assertEquals(1, stack.layer(CountingToo.class).down);
        assertEquals(1, stack.layer(CountingToo.class).up);
    }

    @Test
    void withoutThemTheyGoStraight() {
        Stack stack = greeted(new LayersBetweenTest_SenderMachine(), new LayersBetweenTest_CarrierMachine())
                .state();
        assertEquals(List.of("hello"), stack.layer(Sender.class).came);
    }

    @Test
    void whatIsOfNobodyAboveHasNoReceiver() {
        EmbeddedNode<Stack> node = greeted(
                new LayersBetweenTest_SenderMachine(),
                new LayersBetweenTest_CountingMachine(),
                new LayersBetweenTest_CarrierMachine());
        Carrier.Parcel within = new Carrier.Parcel(new Carrier.Parcel(new Sender.Greeting("deep")));
        ProtocolException refused = assertThrows(ProtocolException.class, () -> node.deliver(ONE, within));
        assertEquals("FS498", refused.code());
    }

    private static String refused(String code, Machine<?>... layers) {
        ProtocolException refused = assertThrows(ProtocolException.class, () -> StackMachine.of(List.of(layers)));
        assertEquals(code, refused.code(), refused.getMessage());
        return String.valueOf(refused.getMessage());
    }

    @Test
    void oneBelowTheProviderIsToStandAboveIt() {
        String text = refused(
                "FS495",
                new LayersBetweenTest_SenderMachine(),
                new LayersBetweenTest_CarrierMachine(),
                new LayersBetweenTest_CountingMachine());
        assertTrue(text.contains("'counting' uses Carrying of 'carrier', which is above it"), text);
        assertTrue(text.endsWith("write 'sender/counting/carrier'"), text);
    }

    @Test
    void twoBetweenAreNoCircle() {
        String text = refused(
                "FS495",
                new LayersBetweenTest_CarrierMachine(),
                new LayersBetweenTest_SenderMachine(),
                new LayersBetweenTest_CountingMachine(),
                new LayersBetweenTest_CountingTooMachine());
        assertTrue(text.endsWith("write 'sender/counting/counting-too/carrier'"), text);
    }

    @Test
    void thoseThatUseItThemselvesDoNotProvideIt() {
        String text = refused(
                "FS492",
                new LayersBetweenTest_SenderMachine(),
                new LayersBetweenTest_CountingMachine(),
                new LayersBetweenTest_CountingTooMachine());
        assertTrue(text.contains("'counting-too' uses Carrying, which no layer below it provides"), text);
    }
}
