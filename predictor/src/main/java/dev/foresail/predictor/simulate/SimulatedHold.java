package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.scenario.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A hold of the way from one node to another. Not thread-safe. */
final class SimulatedHold<S> implements Hold {
    private final Simulation<S> simulation;
    private final SimulatedNode<S> from;
    private final SimulatedNode<S> to;
    private final Disturbances<S> disturbances;
    private final Disturbances.Way<S> way;
    private boolean over;

    /** @throws IllegalStateException FS427 when the way is held already */
    SimulatedHold(Simulation<S> simulation, SimulatedNode<S> from, SimulatedNode<S> to, Disturbances<S> disturbances) {
        this.simulation = simulation;
        this.from = from;
        this.to = to;
        this.disturbances = disturbances;
        this.way = disturbances.way(from, to);
        if (way.held) {
            throw new IllegalStateException("[FS427] what " + from.id() + " sends to " + to.id() + " is held already");
        }
        simulation.suspicions().delayed(from, to);
        trace("hold");
        way.held = true;
    }

    private void trace(String what) {
        simulation.trace().disturbed(from, to, what, 0, 0);
    }

    private static Optional<Object> message(Disturbances.Waiting<?> waiting) {
        return waiting.flight()
                .filter(Flight::canArrive)
                .map(Flight::envelope)
                .flatMap(envelope -> envelope instanceof Envelope.Payload payload
                        ? Optional.of(payload.message())
                        : Optional.empty());
    }

    @Override
    public List<Object> messages() {
        return over
                ? List.of()
                : way.waiting.stream()
                        .flatMap(waiting -> message(waiting).stream())
                        .toList();
    }

    @Override
    public boolean releaseNext() {
        if (messages().isEmpty()) {
            return false;
        }
        trace("release next");
        boolean isMessage = false;
        while (!isMessage) {
            Disturbances.Waiting<S> first = way.waiting.removeFirst();
            isMessage = message(first).isPresent();
            first.leave().run();
        }
        return true;
    }

    @Override
    public void release() {
        if (!over) {
            trace("release");
            end();
        }
    }

    private void end() {
        over = true;
        disturbances.unhold(from, to);
    }

    @Override
    public void drop() {
        if (!over) {
            trace("drop");
            // The news of earlier breaks is not lost: it is all that tells of them.
            List<Disturbances.Waiting<S>> news = new ArrayList<>(way.waiting);
            news.removeIf(waiting -> waiting.flight().isPresent());
            way.waiting.clear();
            way.waiting.addAll(news);
            end();
            simulation.network().breakBetween(from, to);
        }
    }
}
