package dev.foresail.predictor.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.Depot;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.search.Violation;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausalOrderTest {
    private final SystemModel<Depot> model = Depot.model(3, Network.ORDERED);

    private List<String> texts(List<Action> path) {
        return Replay.record(model, Paths.ORIGIN, Paths.violation(Paths.OVERLOADED, path)).steps().stream()
                .map(step -> step.happening().text())
                .toList();
    }

    @Test
    void aSendingStandsRightBeforeItsDelivery() {
        List<Action> path = Paths.told(
                model,
                "n1 call ship[n2, 3]",
                "n3 call ship[n1, 3]",
                "n1 call ship[n2, 3]",
                "n2 call openDoor[]",
                "n3 timer count",
                "n1 receives Parcel[weight=3] from n3",
                "n2 receives Parcel[weight=3] from n1, choosing [store[2]]",
                "n2 receives Parcel[weight=3] from n1, choosing [store[2]]");

        Violation ordered = new CausalOrder<>(model).of(Paths.violation(Paths.OVERLOADED, path));

        assertEquals(
                List.of(
                        "n2 call openDoor[]",
                        "n1 call ship[n2, 3]",
                        "n2 receives Parcel[weight=3] from n1, choosing [store[2]]",
                        "n1 call ship[n2, 3]",
                        "n3 call ship[n1, 3]",
                        "n3 timer count",
                        "n1 receives Parcel[weight=3] from n3",
                        "n2 receives Parcel[weight=3] from n1, choosing [store[2]]"),
                texts(ordered.actions()));
    }

    @Test
    void connectionErrorsStandAfterWhatBrokeTheConnection() {
        List<Action> path = Paths.told(
                model,
                "n1 call ship[n2, 3]",
                "n3 timer count",
                "n2 silent-reset",
                "n3 call openDoor[]",
                "n1 connection-error with n2");

        List<Action> ordered = new CausalOrder<>(model).arranged(0, path).orElseThrow();

        assertEquals(
                List.of(
                        "n1 call ship[n2, 3]",
                        "n2 silent-reset",
                        "n3 timer count",
                        "n3 call openDoor[]",
                        "n1 connection-error with n2"),
                texts(ordered));
    }

    @Test
    void anyPathLeadsToTheSameWorldInCausalOrder() {
        for (Network network : Network.values()) {
            SystemModel<Depot> depots = Depot.model(3, network);
            CausalOrder<Depot> order = new CausalOrder<>(depots);
            int[] moved = new int[1];
            Property.check(23, 150, choices -> {
                List<Action> path = Paths.random(depots, choices, 30);
                List<Action> arranged = order.arranged(0, path).orElseThrow();
                assertEquals(new HashSet<>(path), new HashSet<>(arranged));
                assertEquals(path.size(), arranged.size());
                assertEquals(
                        Paths.end(depots, path).fingerprint(),
                        Paths.end(depots, arranged).fingerprint(),
                        () -> path + " became " + arranged);
                moved[0] += arranged.equals(path) ? 0 : 1;
            });
            assertTrue(moved[0] > 20, "some paths are to change in " + network + ", not " + moved[0]);
        }
    }

    @Test
    void whatIsNotPossibleOrDoesNotViolateStaysAsItIs() {
        Violation none = Paths.violation(
                Paths.OVERLOADED, Paths.told(model, "n3 timer count", "n1 timer count", "n2 timer count"));
        assertSame(none, new CausalOrder<>(model).of(none));
        List<Action> twice = List.of(none.actions().get(0), none.actions().get(0));
        Violation impossible = Paths.violation(Paths.OVERLOADED, twice);
        assertSame(impossible, new CausalOrder<>(model).of(impossible));
    }
}
