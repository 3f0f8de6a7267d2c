package dev.foresail.predictor.touch;

import dev.foresail.choice.machine.Contribution;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which properties a handler may come to violate: those that read a field which it may change. Immutable.
 *
 * @param <S> the protocol's state
 */
public final class TouchedProperties<S> {
    private final List<List<PropertyDescription<S>>> byHandler;

    /** @param properties methods of the protocol's class by their names; others count as touched by whatever changes anything */
    public TouchedProperties(Machine<S> machine, List<PropertyDescription<S>> properties) {
        // What handlers of a stack touch is in its layers, which call each other; and more may happen at the end of a
        // step.
        boolean anything = !machine.protocolTypes().equals(List.of(machine.stateType()))
                || machine.stepEnd().isPresent();
        FieldUse use = FieldUse.of(machine.stateType());
        List<List<PropertyDescription<S>>> found = new ArrayList<>();
        for (HandlerDescription handler : machine.handlers()) {
            Optional<Set<String>> changed = anything ? Optional.empty() : use.changedBy(handler.name());
            found.add(properties.stream()
                    .filter(property -> anything || mayMeet(changed, readFor(property, use)))
                    .toList());
        }
        byHandler = List.copyOf(found);
    }

    private static Optional<Set<String>> readFor(PropertyDescription<?> property, FieldUse use) {
        if (property.ofMultisets().isEmpty()) {
            return use.readBy(property.name());
        }
        Set<String> all = new TreeSet<>();
        for (Contribution<?> each : property.ofMultisets().get().contributions()) {
            Optional<Set<String>> read = each.isField() ? use.readOf(each.name()) : use.readBy(each.name());
            if (read.isEmpty()) {
                return read;
            }
            all.addAll(read.get());
        }
        return Optional.of(all);
    }

    private static boolean mayMeet(Optional<Set<String>> changed, Optional<Set<String>> read) {
        if (changed.isPresent() && changed.get().isEmpty()) {
            return false;
        }
        return changed.isEmpty() || read.isEmpty() || !Collections.disjoint(changed.get(), read.get());
    }

    /** @param handler its index among the machine's */
    public List<PropertyDescription<S>> of(int handler) {
        return byHandler.get(handler);
    }
}
