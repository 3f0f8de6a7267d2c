package dev.foresail.steering.live;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.Machines;
import dev.foresail.steering.failure.NodeException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds protocols on the class path. */
public final class ProtocolLookup {
    private ProtocolLookup() {}

    /**
     * The machine of a protocol.
     *
     * @param name the protocol's short name or its class, or those of the layers of a stack with {@code /} between them, the top one first
     * @throws NodeException FS215 when there is none, or the layers do not fit
     */
    public static Machine<?> find(String name, ClassLoader classLoader) {
        SortedSet<String> known = new TreeSet<>();
        try {
            Machines machines = Machines.of(classLoader);
            List<Machine<?>> named = machines.named(name);
            List<Machine<?>> meant =
                    named.isEmpty() ? machines.matches(name) : List.of(Machines.composed(named.subList(0, 1)));
            if (!meant.isEmpty()) {
                return meant.get(0);
            }
            machines.all().forEach(machine -> known.add(machine.protocol()));
        } catch (ProtocolException unfit) {
            throw new NodeException("FS215", "the protocol '" + name + "' cannot run: " + unfit.getMessage(), unfit);
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
