package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Envelope;
import java.util.Optional;

/**
 * Datagrams in virtual time, as UDP carries them: each by itself, lost as often as the link loses packets, delivered in the order of arrival, to the start
 * of the receiver that was up when it was sent. Nobody is told what has become of one. Not thread-safe.
 */
final class SimulatedDatagrams<S> {
    private final Simulation<S> simulation;
    private final SimulatedNetwork<S> network;

    SimulatedDatagrams(Simulation<S> simulation, SimulatedNetwork<S> network) {
        this.simulation = simulation;
        this.network = network;
    }

    void send(SimulatedNode<S> from, SimulatedNode<S> target, Envelope.Payload datagram, Runnable whenDelivered) {
        if (network.isCut(from, target)) {
            return;
        }
        SimulatedNode.Connection unshared = new SimulatedNode.Connection(target.incarnation());
        Flight<S> flight = new Flight<>(from, from.incarnation(), target, unshared, false, datagram, whenDelivered);
        Disturbances<S> disturbances = network.disturbances();
        if (disturbances.isNone()
                || !disturbances.keepsWaiting(
                        from, target, new Disturbances.Waiting<>(Optional.of(flight), () -> leave(flight)))) {
            leave(flight);
        }
    }

    private void leave(Flight<S> flight) {
        SimulatedNode<S> from = flight.from();
        SimulatedNode<S> target = flight.target();
        boolean lost = from != target
                && network.sampler().isLost(from.endpoint(), target.endpoint(), simulation.nowNanos(), from.world());
        long delayNanos = network.datagramNanos(from, target);
        if (lost) {
            simulation.trace().fate(flight, "lost");
        } else if (network.queues().isPresent()) {
            long bytes = network.sizes().bytes(flight.envelope());
            network.queues().get().carry(from, target, bytes, delayNanos, (uplinkNanos, narrowestNanos) -> {
                from.sentOut(bytes, uplinkNanos);
                target.tookIn(from.id(), bytes, narrowestNanos);
                arrive(flight, simulation.nowNanos(), delayNanos);
            });
        } else {
            arrive(flight, Simulation.later(simulation.nowNanos(), delayNanos), delayNanos);
        }
    }

    private void arrive(Flight<S> flight, long arrivalNanos, long delayNanos) {
        if (network.disturbances().isNone()) {
            deliverAt(arrivalNanos, flight);
            return;
        }
        Disturbances.Fate fate = network.disturbances().fate(flight.from(), flight.target(), delayNanos);
        if (fate.isLost()) {
            simulation.trace().fate(flight, "lost");
            return;
        }
        long lateNanos = Simulation.later(arrivalNanos, fate.lateNanos());
        if (fate.isLate()) {
            simulation.trace().fate(flight, "late by " + Trace.seconds(fate.lateNanos()));
        }
        deliverAt(lateNanos, flight);
        if (fate.isDoubled()) {
            simulation.trace().fate(flight, "delivered twice");
            deliverAt(Simulation.later(lateNanos, fate.doubledAfterNanos()), flight.copy());
        }
    }

    private void deliverAt(long arrivalNanos, Flight<S> flight) {
        simulation.schedule(flight.from(), flight.target(), arrivalNanos, new Arrival<>(network, flight));
    }

    /** It is there. */
    void comeTo(Flight<S> flight) {
        SimulatedNode<S> from = flight.from();
        SimulatedNode<S> target = flight.target();
        if (!target.isUp() || target.incarnation() != flight.connection().peerIncarnation) {
            return;
        }
        if (from.isUp() && from.incarnation() == flight.fromIncarnation()) {
            simulation.suspicions().met(target, from, flight.fromIncarnation());
        }
        simulation.trace().delivery(target, from.id(), flight.envelope());
        flight.whenDelivered().run();
        target.runtime().receive(from.id(), flight.envelope());
    }
}
