package dev.foresail.choice.machine;

import java.util.List;

/**
 * Who gets the upcalls of one layer. What chooses answers the place of a layer among {@link #users}, or {@link #EVERYBODY}; of a call with a
 * value always a place. Thread rule as for {@link Crossing}.
 */
public interface Receivers {
    /** The call goes to all that use the layer, however many there are. */
    int EVERYBODY = -1;

    /** What takes the upcalls of the layers that use it, the top one first; each implements the interface of the upcalls. */
    List<?> users();

    /**
     * Of a call that names its receiver.
     *
     * @param method its place among the upcalls of the service
     * @throws dev.foresail.choice.ProtocolException FS498 when nobody takes it, FS499 when layers are only asked something; as the others
     */
    int named(int method, String layer);

    /** Of a call that hands over a message of some layer; {@code null} for none is as {@link #caller}. */
    int owner(int method, Record message);

    /** Of a call that says neither: the layer whose downcall has led to it. */
    int caller(int method);

    /** Of a protocol with no layers above: upcalls go to nobody, and those that ask for a value are refused with FS498. */
    static Receivers nobody(Machine<?> machine, ServiceDescription service) {
        return new Receivers() {
            @Override
            public List<?> users() {
                return List.of();
            }

            @Override
            public int named(int method, String layer) {
                return caller(method);
            }

            @Override
            public int owner(int method, Record message) {
                return caller(method);
            }

            @Override
            public int caller(int method) {
                ServiceCall call = service.upcalls().get(method);
                if (call.returnsValue()) {
                    throw LayerCalls.noReceiver(machine.protocol(), call, "no layer is above it");
                }
                return EVERYBODY;
            }
        };
    }
}
