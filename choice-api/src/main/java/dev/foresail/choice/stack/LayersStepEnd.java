package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StepEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What follows at the end of one step in all layers, the lowest first. Used for one step. */
final class LayersStepEnd implements StepEnd<Stack> {
    private final Wiring wiring;
    private final StackStep step;

    LayersStepEnd(Wiring wiring, StackStep step) {
        this.wiring = wiring;
        this.step = step;
    }

    /** Whether something follows in any layer. */
    static boolean isNeeded(Wiring wiring) {
        return wiring.machines().stream().map(Machine::stepEnd).anyMatch(Optional::isPresent);
    }

    @Override
    public Object watched(Stack stack, Node node) {
        Object[] watched = new Object[wiring.size()];
        for (int layer = wiring.size() - 1; layer >= 0; layer--) {
            Optional<StepEnd<Object>> end = wiring.machine(layer).stepEnd();
            if (end.isPresent()) {
                watched[layer] = end.get().watched(stack.layer(layer), step.node(layer));
            }
        }
        return watched;
    }

    @Override
    public void forget(Stack stack, Node node) {
        for (int layer = wiring.size() - 1; layer >= 0; layer--) {
            Optional<StepEnd<Object>> end = wiring.machine(layer).stepEnd();
            if (end.isPresent()) {
                end.get().forget(stack.layer(layer), step.node(layer));
            }
        }
    }

    @Override
    public List<String> changed(Stack stack, Object before, Node node) {
        List<String> changed = new ArrayList<>(0);
        for (int layer = wiring.size() - 1; layer >= 0; layer--) {
            Optional<StepEnd<Object>> end = wiring.machine(layer).stepEnd();
            if (end.isPresent()) {
                Object earlier = ((Object[]) before)[layer];
                for (String name : end.get().changed(stack.layer(layer), earlier, step.node(layer))) {
                    changed.add(wiring.names().get(layer) + "." + name);
                }
            }
        }
        return changed;
    }

    @Override
    public void run(Stack stack, Object before, Object after, Node node) {
        for (int layer = wiring.size() - 1; layer >= 0; layer--) {
            Optional<StepEnd<Object>> end = wiring.machine(layer).stepEnd();
            if (end.isPresent()) {
                Object earlier = ((Object[]) before)[layer];
                end.get().run(stack.layer(layer), earlier, ((Object[]) after)[layer], step.node(layer));
            }
        }
    }

    @Override
    public void settle(Stack stack, Node node) {
        for (int layer = wiring.size() - 1; layer >= 0; layer--) {
            Optional<StepEnd<Object>> end = wiring.machine(layer).stepEnd();
            if (end.isPresent()) {
                end.get().settle(stack.layer(layer), step.node(layer));
            }
        }
    }
}
