package dev.foresail.steering.live;

import dev.foresail.choice.machine.Machine;
import dev.foresail.steering.failure.NodeException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds protocols on the class path. */
public final class Machines {
    private Machines() {}

    /**
     * The machine of a protocol.
     *
     * @param name the protocol's short name or its class
     * @throws NodeException FS215 when there is none
     */
    @SuppressWarnings("rawtypes")
    public static Machine<?> find(String name, ClassLoader classLoader) {
        SortedSet<String> known = new TreeSet<>();
        try {
            for (Machine machine : ServiceLoader.load(Machine.class, classLoader)) {
                if (machine.protocol().equals(name)
                        || machine.stateType().getName().equals(name)) {
                    return machine;
                }
                known.add(machine.protocol());
            }
        } catch (ServiceConfigurationError broken) {
            throw new NodeException(
                    "FS215", "cannot look for the protocol '" + name + "': " + broken.getMessage(), broken);
        }
        throw new NodeException(
                "FS215",
                "no protocol '" + name + "' on the class path; there are " + known
                        + "; compile the protocol with the annotation processor and add its jar");
    }
}
