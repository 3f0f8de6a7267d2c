package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Described;
import dev.foresail.predictor.node.Envelope;

/** What is under way comes to its receiver when this runs. */
record Arrival<S>(SimulatedNetwork<S> network, Flight<S> flight) implements Runnable, Described {
    @Override
    public void run() {
        network.comeTo(flight);
    }

    @Override
    public String description() {
        Object content = flight.envelope() instanceof Envelope.Payload payload ? payload.message() : flight.envelope();
        return "message " + content.getClass().getSimpleName();
    }
}
