package dev.foresail.choice.machine;

import dev.foresail.choice.ProtocolException;

/**
 * Where the calls of a layer's field go: those marked {@link dev.foresail.choice.Uses} to the layer that provides the service, the one marked
 * {@link dev.foresail.choice.Above} to those that use it. Generated code calls it; engines and authors do not.
 */
public interface Port {
    /** What a call without a value answers. */
    Object NOTHING = new Object();

    /**
     * Makes a call.
     *
     * @param method its place among the calls of the service
     * @return what it answers; {@link #NOTHING} of one without a value
     */
    Object call(int method, Object... arguments);

    /** The message of some layer as nobody can change it. */
    Record freeze(Record payload);

    /** The port of a protocol that runs without layers below: each call is refused with FS492. */
    static Port withoutService(Machine<?> machine, ServiceDescription service) {
        return new Port() {
            @Override
            public Object call(int method, Object... arguments) {
                throw new ProtocolException(
                        "FS492",
                        "'" + machine.protocol() + "' uses " + service.type().getSimpleName()
                                + " and runs alone; run it over a protocol that provides it, as '" + machine.protocol()
                                + "/...'");
            }

            @Override
            public Record freeze(Record payload) {
                return (Record) machine.freeze(payload);
            }
        };
    }

    /** The port of a protocol with no layers above: upcalls go to nobody, and those that ask for a value are refused with FS498. */
    static Port withoutLayersAbove(Machine<?> machine, ServiceDescription service) {
        return new Port() {
            @Override
            public Object call(int method, Object... arguments) {
                ServiceCall call = service.upcalls().get(method);
                if (call.returnsValue()) {
                    throw LayerCalls.noReceiver(machine.protocol(), call, "no layer is above it");
                }
                return NOTHING;
            }

            @Override
            public Record freeze(Record payload) {
                return (Record) machine.freeze(payload);
            }
        };
    }
}
