package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Service;
import dev.foresail.choice.Uses;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which fields tell states of a stack apart. */
class StateClassesTest {
    /** Says whether it is open. */
    @Service
    public interface Gate {
        boolean isOpen();
    }

    /** Opens. */
    @Protocol(value = "gate", provides = Gate.class)
    public static final class GateKeeper {
        public boolean open;
        public int busy;

        @OnDowncall
        boolean isOpen() {
            return open;
        }
    }

    /** Goes through. */
    @Protocol("guest")
    public static final class Visitor {
        @Uses
        Gate gate;

        public boolean open;
        public boolean busy;
        public boolean late;
        public int steps;
    }

    @Test
    void aFieldThatSeveralLayersHaveIsTheOneOfEach() {
        StackMachine machine = StackMachine.of(
                List.of(new StateClassesTest_VisitorMachine(), new StateClassesTest_GateKeeperMachine()));
        Stack state = machine.create(List.of());
        state.layer(GateKeeper.class).open = true;
        assertEquals(
                "guest.open=false, guest.busy=false, late=false, gate.open=true",
                new StateClasses<>(machine).of(state));
    }
}
