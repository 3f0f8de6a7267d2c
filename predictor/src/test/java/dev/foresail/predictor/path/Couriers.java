package dev.foresail.predictor.path;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Courier;
import dev.foresail.predictor.fixture.CourierMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.SimulatedPaths;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Three couriers, 20 ms apart, whose parcels are followed. */
final class Couriers {
    static final NodeId ONE = NodeId.of(1);
    static final NodeId TWO = NodeId.of(2);
    static final NodeId THREE = NodeId.of(3);

    static final DeclaredPath DELIVERY =
            new DeclaredPath("delivery", "call dispatch", Optional.of("message Receipt"), DeclaredPath.Bounds.NONE);

    static final RecordedPaths.Run RUN = new RecordedPaths.Run("a test", -1, "472716b69b61f124");

    final PathLog log = new PathLog(10_000);
    final Simulation<Courier> stage;

    Couriers(double jitter, List<DeclaredPath> declared) {
        stage = new Simulation<>(
                new SimulationSettings<>(
                        new CourierMachine(),
                        List.of(),
                        Simulations.ids(3),
                        new EvenLinks(3, 20_000_000L, jitter, 0),
                        1,
                        1,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                (self, clock, surroundings, seed) -> new ManualResolver<>(false));
        if (!declared.isEmpty()) {
            SimulatedPaths.follow(stage, declared, log);
        }
        stage.nodes().forEach(stage::start);
    }

    static Couriers followed() {
        return new Couriers(0, List.of(DELIVERY));
    }

    void dispatch(NodeId from, NodeId... way) {
        stage.call(from, "dispatch", List.of(List.of(way)));
    }

    void tell(NodeId node, String call) {
        stage.call(node, call, List.of());
    }

    void until(long millis) {
        stage.runUntil(Duration.ofMillis(millis));
    }

    RecordedPaths recorded() {
        return new RecordedPaths("courier", RUN, List.of(DELIVERY), stage.nowNanos(), log.left(), log.hops());
    }

    List<CausalPath> paths() {
        return recorded().paths();
    }

    /** Each event as its node, its kind, and how many milliseconds it has taken. */
    static List<String> story(CausalPath path) {
        return path.hops().stream()
                .map(hop -> hop.node() + " " + hop.event() + " " + hop.takenNanos() / 1_000_000
                        + (hop.outcome() == PathHop.Outcome.HANDLED
                                ? ""
                                : " " + hop.outcome().label()))
                .toList();
    }
}
