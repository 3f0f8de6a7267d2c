package dev.foresail.choice.machine;

import dev.foresail.choice.Node;
import dev.foresail.choice.ProtocolException;
import java.util.Arrays;

/** The rules of calls between layers; what generated machines and stacks call. Pure functions. */
public final class LayerCalls {
    private LayerCalls() {}

    /**
     * The one handler that is enabled, of two.
     *
     * @param before the one found before, -1 for none
     * @throws ProtocolException FS498 when there was one before
     */
    public static int only(Machine<?> machine, ServiceCall call, int before, int next) {
        if (before >= 0) {
            throw new ProtocolException(
                    "FS498",
                    machine.protocol() + ": several handlers of '" + call
                            + "' are enabled at once; give them guards that exclude each other");
        }
        return next;
    }

    /** Guards of a call's handlers are asked from now on, within a running event: what they ask of other layers must change nothing. */
    public static void asks(Node node) {
        if (node instanceof LayerHandle handle) {
            handle.asks();
        }
    }

    /** The guards of {@link #asks} have answered. */
    public static void answered(Node node) {
        if (node instanceof LayerHandle handle) {
            handle.answered();
        }
    }

    /** FS498: no handler of the call is enabled. */
    public static ProtocolException noHandler(Machine<?> machine, ServiceCall call, Object... arguments) {
        return new ProtocolException(
                "FS498",
                machine.protocol() + " has no enabled handler for '" + call + "' with " + Arrays.toString(arguments)
                        + "; mend the guards, or handle this kind of message");
    }

    /** FS492: the protocol runs without layers below. */
    public static ProtocolException noService(Machine<?> machine, ServiceDescription service) {
        return new ProtocolException(
                "FS492",
                "'" + machine.protocol() + "' uses " + service.type().getSimpleName()
                        + " and runs alone; run it over a protocol that provides it, as '" + machine.protocol()
                        + "/...'");
    }

    /** FS498: nobody takes the upcall. */
    public static ProtocolException noReceiver(String layer, ServiceCall call, String why) {
        return new ProtocolException("FS498", "the upcall '" + call + "' of '" + layer + "' has no receiver: " + why);
    }
}
