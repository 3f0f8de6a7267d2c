package dev.foresail.predictor.snapshot;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.fixture.Till;
import dev.foresail.predictor.fixture.TillMachine;
import dev.foresail.predictor.fixture.Watchful;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** Three tills, 20 ms apart; n1 has the branches n2 and n3 and hands money to them. */
final class Tills {
    static final NodeId ONE = NodeId.of(1);
    static final NodeId TWO = NodeId.of(2);
    static final NodeId THREE = NodeId.of(3);
    static final TillMachine MACHINE = new TillMachine();

    private Tills() {}

    static Simulation<Till> inBusiness(int limit) {
        SimulationSettings<Till> settings = new SimulationSettings<>(
                MACHINE,
                List.of(limit, Duration.ofSeconds(1)),
                Simulations.ids(3),
                new EvenLinks(3, 20_000_000L, 0, 0),
                7,
                7,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Till> tills = new Simulation<>(settings, (self, clock, surroundings, seed) -> new Watchful<>());
        tills.nodes().forEach(tills::start);
        tills.call(ONE, "addBranch", List.of(TWO));
        tills.call(ONE, "addBranch", List.of(THREE));
        tills.call(ONE, "take", List.of(40));
        tills.call(TWO, "take", List.of(5));
        tills.call(THREE, "close", List.of());
        for (int time = 1; time <= 20; time++) {
            int amount = time;
            tills.at(Duration.ofMillis(7L * time), () -> hand(tills, amount));
        }
        return tills;
    }

    private static void hand(Simulation<Till> tills, int amount) {
        tills.call(ONE, "hand", List.of(amount % 3 == 0 ? THREE : TWO, amount));
    }

    static String text(SystemSnapshot<Till> snapshot) {
        StringWriter text = new StringWriter();
        try {
            SnapshotFile.write(MACHINE, snapshot, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    static SystemSnapshot<Till> read(String text) {
        try {
            return SnapshotFile.read(MACHINE, new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
