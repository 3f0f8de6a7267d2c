package dev.foresail.eval.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.determinism.BytecodeScan;
import dev.foresail.predictor.determinism.Finding;
import dev.foresail.predictor.determinism.ScanReport;
import dev.foresail.predictor.guardrail.GuardedClassLoader;
import dev.foresail.predictor.guardrail.OwnCode;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Every protocol that Foresail brings passes the check that its users' protocols are given. */
@SuppressWarnings("rawtypes") // a class literal has no type arguments
final class ProtocolDeterminismTest {
    private static final OwnCode OWN = OwnCode.besides(List.of());

    private final ClassLoader loader = getClass().getClassLoader();

    @Test
    void noProtocolDependsOnMoreThanItIsGiven() {
        List<String> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Machine machine : ServiceLoader.load(Machine.class, loader)) {
            ScanReport report = new BytecodeScan(loader, OWN).scan((Machine<?>) machine);
            names.add(machine.protocol());
            report.findings().stream().map(Finding::message).forEach(found::add);
            report.unread().forEach(each -> found.add("cannot read " + each));
        }
        assertTrue(names.contains("randtree"), names::toString);
        assertEquals(List.of(), found, () -> String.join(System.lineSeparator(), found));
    }

    @Test
    void everyProtocolCanBeGuarded() {
        ClassLoader guarded = new GuardedClassLoader(loader, OWN);
        for (Machine machine : ServiceLoader.load(Machine.class, guarded)) {
            assertSame(guarded, machine.stateType().getClassLoader(), machine::protocol);
            // Some layers handle calls of others only.
            assertTrue(!machine.handlers().isEmpty() || isLayer(machine), machine::protocol);
        }
    }

    private static boolean isLayer(Machine machine) {
        return machine.provides().isPresent() || !machine.uses().isEmpty();
    }
}
