package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.fixture.DiaryMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.NodeSettings;
import java.time.Duration;
import java.util.List;

/** Diarists, 20 ms apart, and what tests of faults do with them. */
abstract class Diarists {
    static final NodeId ONE = NodeId.of(1);
    static final NodeId TWO = NodeId.of(2);
    static final NodeId THREE = NodeId.of(3);

    /** Three of them. */
    final Simulation<Diary> stage = started();

    static Simulation<Diary> started() {
        Simulation<Diary> simulation = notStarted(3);
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    static Simulation<Diary> notStarted(int nodes) {
        SimulationSettings<Diary> settings = new SimulationSettings<>(
                new DiaryMachine(),
                List.of(),
                Simulations.ids(nodes),
                new EvenLinks(nodes, 20_000_000L, 0, 0),
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        return new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(false));
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    void write(NodeId from, NodeId to, long number) {
        stage.call(from, "write", List.of(to, number));
    }

    void until(long millis) {
        stage.runUntil(millis(millis));
    }

    /** One and two have heard of each other at 100 ms. */
    void acquaint() {
        write(ONE, TWO, 1);
        write(TWO, ONE, 2);
        until(100);
    }

    /** What has happened at a node since its start. */
    List<String> at(NodeId node) {
        List<String> entries = ((Diary) stage.state(node).orElseThrow()).entries();
        return entries.subList(1, entries.size());
    }
}
