package dev.foresail.predictor.simulate;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Described;
import dev.foresail.predictor.node.Envelope;

/** What is under way comes to its receiver when this runs. */
record Arrival<S>(SimulatedNetwork<S> network, Flight<S> flight) implements Runnable, Described {
    @Override
    public void run() {
        network.comeTo(flight);
    }

    /** Whether it goes before what is not, where it waits. */
    boolean isUrgent(Machine<?> machine) {
        return flight.envelope() instanceof Envelope.Payload payload && machine.isUrgent(payload.message());
    }

    /** Whether both came over the same connection, whose order is kept. */
    boolean isBehind(Arrival<?> other) {
        return flight.from() == other.flight.from() && !flight.isDatagram() && !other.flight.isDatagram();
    }

    @Override
    public String description() {
        Object content = flight.envelope() instanceof Envelope.Payload payload ? payload.message() : flight.envelope();
        return "message " + content.getClass().getSimpleName();
    }
}
