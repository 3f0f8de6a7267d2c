package dev.foresail.choice.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.sample.TreeMachine;
import dev.foresail.choice.sample.layers.DirectRoutingMachine;
import dev.foresail.choice.sample.layers.Retrying;
import dev.foresail.choice.sample.layers.RetryingMachine;
import dev.foresail.choice.sample.layers.RingRoutingMachine;
import dev.foresail.choice.sample.layers.StoreMachine;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with layers that do not fit, with both ends named. */
class CompositionTest {
    private static String refused(String code, Machine<?>... layers) {
        ProtocolException refused = assertThrows(ProtocolException.class, () -> StackMachine.of(List.of(layers)));
        assertEquals(code, refused.code(), refused.getMessage());
        return String.valueOf(refused.getMessage());
    }

    @Test
    void aServiceIsMissing() {
        String text = refused("FS492", new StoreMachine(), new RingRoutingMachine());
        assertTrue(text.contains("'store' uses Datagrams"), text);
        assertTrue(text.contains("'ring' provides KeyRouting"), text);
        refused("FS492", new StoreMachine());
    }

    @Test
    void aLayerIsThereTwice() {
        String text = refused("FS493", new StoreMachine(), new RetryingMachine(), new RetryingMachine());
        assertTrue(text.contains("'retrying' is in the stack twice"), text);
    }

    @Test
    void twoLayersProvideTheSame() {
        String text = refused(
                "FS494",
                new StoreMachine(),
                new RingRoutingMachine(),
                new DirectRoutingMachine(),
                new RetryingMachine());
        assertTrue(text.contains("both 'ring' and 'direct' below it provide"), text);
    }

    @Test
    void theOrderIsWrong() {
        String text = refused("FS495", new StoreMachine(), new RetryingMachine(), new RingRoutingMachine());
        assertTrue(text.contains("write 'store/ring/retrying'"), text);
    }

    @Test
    void aLayerIsUsedByNobody() {
        String text = refused("FS496", new RetryingMachine(), new TreeMachine());
        assertTrue(text.contains("provides nothing, and none of the layers above it uses it"), text);
        refused("FS496", new StoreMachine(), new RingRoutingMachine(), new RetryingMachine(), new TreeMachine());
    }

    /** Two class loaders have one interface each, as two jars may. */
    @Test
    void twoLayersHaveTheirServiceFromElsewhere() throws ReflectiveOperationException {
        try (LayerLoader other = new LayerLoader()) {
            Machine<?> elsewhere = (Machine<?>) other.loadClass(RetryingMachine.class.getName())
                    .getConstructor()
                    .newInstance();
            String text = refused("FS497", new StoreMachine(), new RingRoutingMachine(), elsewhere);
            assertTrue(text.contains("have it from different jars or class loaders"), text);
        }
    }

    @Test
    void aStackHasALayerAndAStackStandsForItsLayers() {
        refused("FS499");
        StackMachine whole = StackMachine.of(
                List.of(new StoreMachine(), StackMachine.of(List.of(new RingRoutingMachine(), new RetryingMachine()))));
        assertEquals("store/ring/retrying", whole.protocol());
    }

    @Test
    void stacksAreFoundByTheNamesOfTheirLayers() {
        Machines machines = new Machines(List.of(
                new StoreMachine(), new RingRoutingMachine(), new DirectRoutingMachine(), new RetryingMachine()));
        assertEquals(
                "store/direct/retrying",
                machines.matches("store/direct/retrying").get(0).protocol());
        assertEquals(List.of(), machines.matches("store/none"));
        assertEquals(
                Retrying.class,
                machines.matches(Retrying.class.getName()).get(0).stateType());
        ProtocolException unfit = assertThrows(ProtocolException.class, () -> machines.matches("store"));
        assertEquals("FS492", unfit.code());
        assertEquals(
                List.of(Retrying.class),
                machines.matches("retrying").stream().map(Machine::stateType).toList());
    }

    /** Loads the sample's layers once more. */
    private static final class LayerLoader extends URLClassLoader {
        LayerLoader() {
            super(
                    new URL[] {
                        RetryingMachine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    LayerLoader.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(RetryingMachine.class.getPackageName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }

        @Override
        public void close() {}
    }
}
