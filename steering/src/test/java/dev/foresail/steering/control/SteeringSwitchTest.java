package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.Steering;
import dev.foresail.steering.fixture.Granary;
import dev.foresail.steering.fixture.GranaryMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SteeringSwitchTest {
    private final Event call = new Event.Call("store", List.of(1));
    private final List<SteeringMode> built = new ArrayList<>();
    private final SteeringSwitch<Granary> steering = new SteeringSwitch<>(SteeringMode.STEER, mode -> {
        built.add(mode);
        return ImmediateSafetyCheck.of(new GranaryMachine(), NodeId.of(1), mode, intervention -> {});
    });

    @Test
    void offTriesNoHandlerAtAll() {
        assertTrue(steering.current().tries(call));
        steering.switchTo(SteeringMode.OFF);
        assertFalse(steering.current().tries(call));
        steering.switchTo(SteeringMode.OBSERVE);
        assertTrue(steering.current().tries(call));
    }

    @Test
    void theModeThatIsOnAlreadyIsLeftAlone() {
        assertEquals(Optional.empty(), steering.switchTo(SteeringMode.STEER));
        Optional<Steering<Granary>> switched = steering.switchTo(SteeringMode.OBSERVE);
        assertEquals(Optional.of(steering.current()), switched);
        assertEquals(Optional.empty(), steering.switchTo(SteeringMode.OBSERVE));
        assertEquals(List.of(SteeringMode.STEER, SteeringMode.OBSERVE), built);
        assertEquals(SteeringMode.OBSERVE, steering.mode());
    }
}
