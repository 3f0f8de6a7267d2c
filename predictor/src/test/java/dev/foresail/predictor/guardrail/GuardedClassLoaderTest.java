package dev.foresail.predictor.guardrail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedClassLoaderTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final long LIMIT = 100_000;

    private final ClassLoader plain = getClass().getClassLoader();
    private final ClassLoader guarded = new GuardedClassLoader(
            plain,
            OwnCode.allBut(List.of(
                    "dev.foresail.choice.",
                    "dev.foresail.network.",
                    "dev.foresail.predictor.node.",
                    LoopGuard.class.getName())));

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal has no type arguments
    private static Machine<Object> machine(ClassLoader loader, String protocol) {
        for (Machine machine : ServiceLoader.load(Machine.class, loader)) {
            if (machine.protocol().equals(protocol)) {
                return machine;
            }
        }
        throw new AssertionError("no protocol " + protocol);
    }

    private static Event call(String name, Object... arguments) {
        return new Event.Call(name, List.of(arguments));
    }

    private static Step<Object> step(Machine<Object> machine, Object state, Event event, long limit) {
        Alternative alternative =
                machine.alternatives(state, event, new GuardNode(SELF)).get(0);
        Step<Object> step = new Step<>(
                machine,
                SELF,
                new Step.Inputs<>(state, 0, List.of(), Map.of(), bound -> bound / 2, (name, candidates) -> 0));
        GuardedRun.run(machine, state, event, alternative, step, limit);
        return step;
    }

    private static HandlerNeverReturnsError stopped(Machine<Object> machine, String handler) {
        Object state = machine.create(List.of());
        return assertThrows(HandlerNeverReturnsError.class, () -> step(machine, state, call(handler), LIMIT));
    }

    private static List<Integer> marked(String mark) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(System.getProperty("foresail.root", ".."))
                .resolve("predictor/src/test/java/dev/foresail/predictor/guardrail/fixture/Endless.java"));
        List<Integer> marked = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).endsWith("// " + mark)) {
                marked.add(index + 1);
            }
        }
        return marked;
    }

    @ParameterizedTest
    @ValueSource(strings = {"spin", "grow", "recurse", "retry", "insist", "stream", "choosy"})
    void whatNeverReturnsIsStoppedAndNamed(String handler) throws IOException {
        HandlerNeverReturnsError error = stopped(machine(guarded, "endless"), handler);
        assertTrue(
                error.getMessage().startsWith("[FS268] the handler endless." + handler + " does not return: it"),
                error::getMessage);
        StackTraceElement place = error.place().orElseThrow();
        assertEquals("Endless.java", place.getFileName());
        if (!handler.equals("insist")) {
            assertTrue(marked(handler).contains(place.getLineNumber()), error::getMessage);
        }
        assertTrue(error.getMessage().contains("Endless.java:" + place.getLineNumber()), error::getMessage);
    }

    @Test
    void aHandlerThatSwallowsTheErrorIsStoppedAllTheSame() {
        HandlerNeverReturnsError error = stopped(machine(guarded, "endless"), "swallow");
        assertTrue(error.getMessage().contains("more than 100000 steps"), error::getMessage);
    }

    @Test
    void theNextRunBeginsAnew() {
        Machine<Object> machine = machine(guarded, "endless");
        stopped(machine, "spin");
        Object state = machine.create(List.of());
        step(machine, state, call("count", 1000), 2000);
        step(machine, state, call("count", 1000), 2000);
        assertTrue(machine.describe(state).contains("tries=2000"), machine.describe(state));
        assertThrows(
                HandlerNeverReturnsError.class, () -> step(machine, state, call("count", 3000), 2000), "one more step");
    }

    @Test
    void outsideOfARunStepsAreNotLimited() {
        Machine<Object> machine = machine(guarded, "endless");
        Object state = machine.create(List.of());
        Event event = call("count", 50_000);
        Alternative alternative =
                machine.alternatives(state, event, new GuardNode(SELF)).get(0);
        machine.run(state, event, alternative, new GuardNode(SELF));
        assertTrue(machine.describe(state).contains("tries=50000"), machine.describe(state));
    }

    @Test
    void whatAHandlerThrowsIsPassedOn() {
        RuntimeException thrown = new IllegalStateException("mine");
        assertSame(
                thrown,
                assertThrows(
                        IllegalStateException.class,
                        () -> GuardedRun.call(() -> "it", LIMIT, () -> {
                            throw thrown;
                        })));
        assertThrows(IllegalArgumentException.class, () -> GuardedRun.call(() -> "it", 0, () -> 1));
    }

    @Test
    void anOrdinaryProtocolBehavesTheSame() {
        assertEquals(history(plain), history(guarded));
    }

    /** Everything that a node of the tidy protocol does, with records, enums, lambdas, streams and switches. */
    private static List<String> history(ClassLoader loader) {
        Machine<Object> machine = machine(loader, "tidy");
        Object state = machine.create(List.of());
        List<String> history = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        events.add(call("join", NodeId.of(9)));
        for (int number = 2; number < 5; number++) {
            events.add(new Event.Delivery(NodeId.of(number), message(machine, number)));
        }
        events.add(new Event.TimerFired("probe"));
        events.add(new Event.ConnectionError(NodeId.of(2)));
        for (Event event : events) {
            Step<Object> step = step(machine, state, event, LIMIT);
            StateWriter out = new StateWriter();
            machine.write(state, out);
            state = machine.read(new StateReader(out.toByteArray()), machine.copy(state));
            history.add(machine.describe(state) + step.sends() + step.timersSet() + step.notes());
        }
        return history;
    }

    /** A join, of whichever class the loader has: read from the bytes that the first message type has. */
    private static Object message(Machine<Object> machine, int joiner) {
        StateWriter out = new StateWriter();
        out.writeIndex(machine.messageTypes().stream()
                .map(Class::getSimpleName)
                .toList()
                .indexOf("Join"));
        out.writeNodeId(NodeId.of(joiner));
        return machine.readMessage(new StateReader(out.toByteArray()));
    }

    @Test
    void guardedClassesAreClassesOfTheirOwnInOneLoader() throws ClassNotFoundException {
        Machine<Object> machine = machine(guarded, "tidy");
        assertSame(guarded, machine.getClass().getClassLoader());
        assertSame(guarded, machine.stateType().getClassLoader());
        assertSame(machine.stateType(), guarded.loadClass(machine.stateType().getName()));
        machine.messageTypes().forEach(type -> assertSame(guarded, type.getClassLoader()));
        assertNotSame(machine.stateType(), machine(plain, "tidy").stateType());
        assertSame(Machine.class, guarded.loadClass(Machine.class.getName()));
        assertSame(List.class, guarded.loadClass("java.util.List"));
        assertThrows(ClassNotFoundException.class, () -> guarded.loadClass("com.example.Missing"));
    }

    @Test
    void resourcesAreTheParents() throws IOException {
        String name = "META-INF/services/" + Machine.class.getName();
        try (InputStream mine = guarded.getResourceAsStream(name);
                InputStream parents = plain.getResourceAsStream(name)) {
            assertEquals(new String(parents.readAllBytes(), UTF_8), new String(mine.readAllBytes(), UTF_8));
        }
    }

    @Test
    void theEngineAndLibrariesAreLeftAlone() {
        OwnCode own = OwnCode.besides(List.of("org.slf4j."));
        for (String name : List.of("dev.foresail.randtree.RandTree", "dev.foresail.eval.X", "com.example.Mine")) {
            assertTrue(own.contains(name), name);
        }
        for (String name : List.of(
                "java.util.List",
                "dev.foresail.choice.Node",
                "dev.foresail.network.X",
                "dev.foresail.predictor.guardrail.LoopGuard",
                "dev.foresail.steering.cli.Foresail",
                "org.slf4j.Logger")) {
            assertFalse(own.contains(name), name);
        }
    }

    @Test
    void anEngineIsToldOfErrorsByAnException() {
        HandlerFailedException thrown = assertThrows(
                HandlerFailedException.class,
                () -> GuardedRun.step(() -> "the handler", LIMIT, () -> {
                    throw new AssertionError("never so");
                }));
        assertTrue(ThrownText.of(thrown).startsWith("java.lang.AssertionError: never so"), ThrownText.of(thrown));
        OutOfMemoryError full = assertThrows(
                OutOfMemoryError.class,
                () -> GuardedRun.step(() -> "the handler", LIMIT, () -> {
                    throw new OutOfMemoryError();
                }));
        assertFalse(LoopGuard.underWay().containsKey(Thread.currentThread()), () -> "after " + full);
    }

    @Test
    void aRunIsUnderWayUnderANumberOfItsOwn() {
        Thread here = Thread.currentThread();
        Map<Thread, Long> first = GuardedRun.step(() -> "", LIMIT, LoopGuard::underWay);
        Map<Thread, Long> second = GuardedRun.step(() -> "", LIMIT, LoopGuard::underWay);
        assertTrue(first.containsKey(here) && second.containsKey(here), "both are seen");
        assertFalse(first.get(here).equals(second.get(here)), "and told apart");
    }
}
