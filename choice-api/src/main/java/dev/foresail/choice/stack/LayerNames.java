package dev.foresail.choice.stack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of what several layers have: as the layer has it where no other layer of the stack has that name, else with the layer's name
 * in front, as in {@code chord.stabilise}. Immutable.
 */
final class LayerNames {
    /** Where a name of the stack comes from. */
    record Local(int layer, String name) {}

    private final List<Map<String, String>> qualified = new ArrayList<>();
    private final Map<String, Optional<Local>> local = new HashMap<>();
    private final List<String> all = new ArrayList<>();

    /**
     * @param layers the layers' names
     * @param names the names that each has, in its order
     */
    LayerNames(List<String> layers, List<List<String>> names) {
        Map<String, Integer> owners = new HashMap<>();
        names.forEach(own -> new HashSet<>(own).forEach(name -> owners.merge(name, 1, Integer::sum)));
        for (int layer = 0; layer < layers.size(); layer++) {
            Map<String, String> own = new HashMap<>();
            for (String name : names.get(layer)) {
                String full = owners.getOrDefault(name, 0) > 1 ? layers.get(layer) + "." + name : name;
                if (own.put(name, full) == null) {
                    all.add(full);
                }
                local.put(full, Optional.of(new Local(layer, name)));
            }
            qualified.add(own);
        }
    }

    /** The stack's name of what the layer has as {@code name}; that name itself when the layer does not have it. */
    String of(int layer, String name) {
        String full = qualified.get(layer).get(name);
        return full == null ? name : full;
    }

    boolean has(int layer, String name) {
        return qualified.get(layer).containsKey(name);
    }

    /** Whose name of the stack it is; empty when no layer has it. */
    Optional<Local> find(String full) {
        return local.getOrDefault(full, Optional.empty());
    }

    /** All names of the stack, those of the top layer first. */
    List<String> all() {
        return List.copyOf(all);
    }
}
