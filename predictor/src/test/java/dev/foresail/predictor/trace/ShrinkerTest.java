package dev.foresail.predictor.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Depot;
import dev.foresail.predictor.fixture.Switches;
import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Violation;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final String LUCK = "aFullDepotHasNoLuckyNeighbour";

    private final SystemModel<Depot> model = Paths.depots();

    private List<String> texts(Violation violation) {
        return Replay.record(model, Paths.ORIGIN, violation).steps().stream()
                .map(step -> step.happening().text())
                .toList();
    }

    @Test
    void whatHasNothingToDoWithTheViolationIsLeftOut() {
        List<Action> path = Paths.told(
                model,
                "n1 timer count",
                "n1 call draw[], choosing [random=1, depot.bonus=0]",
                "n2 call ship[n1, 3]",
                "n1 call openDoor[]",
                "n1 receives Parcel[weight=3] from n2, choosing [store[1]]",
                "n2 crash",
                "n2 restart",
                "n1 connection-error with n2",
                "n1 call ship[n2, 1]",
                "n1 call ship[n2, 3]",
                "n2 receives Parcel[weight=1] from n1",
                "n2 call openDoor[], choosing [store[2]]",
                "n2 receives Parcel[weight=3] from n1, choosing [store[2]]",
                "n1 silent-reset",
                "n2 connection-error with n1",
                "n1 call ship[n2, 3]",
                "n1 timer count",
                "n2 receives Parcel[weight=3] from n1, choosing [store[1]]",
                "n2 call draw[], choosing [random=2, depot.bonus=10]");

        Violation shortest = new Shrinker<>(model, 1_000).shrink(Paths.violation(LUCK, path));

        // The heaviest parcel on the second shelf, and the lucky draw: nothing less gives a load above 5 and a luck of
        // 12.
        assertEquals(
                new TreeSet<>(List.of(
                        "n1 call ship[n2, 3]",
                        "n2 receives Parcel[weight=3] from n1",
                        "n2 call openDoor[], choosing [store[2]]",
                        "n2 call draw[], choosing [random=2, depot.bonus=10]")),
                new TreeSet<>(canonical(texts(shortest))));
        assertEquals(4, shortest.depth());
    }

    /** The parcel may come before or after the door is opened; as if it were before. */
    private static List<String> canonical(List<String> texts) {
        return texts.stream()
                .map(text -> text.equals("n2 call openDoor[]") ? "n2 call openDoor[], choosing [store[2]]" : text)
                .map(text -> text.startsWith("n2 receives") ? "n2 receives Parcel[weight=3] from n1" : text)
                .toList();
    }

    @Test
    void anEventMayGoOnWithOtherDecisions() {
        // Without the opened door before it the parcel waits, and its shelf is chosen when the door opens.
        List<Action> path = Paths.told(
                model,
                "n2 call openDoor[]",
                "n2 silent-reset",
                "n1 call ship[n2, 3]",
                "n1 call ship[n2, 3]",
                "n2 receives Parcel[weight=3] from n1",
                "n2 receives Parcel[weight=3] from n1",
                "n2 call openDoor[], choosing [store[2], store[2]]");

        Violation shortest = new Shrinker<>(model, 1_000).shrink(Paths.violation(Paths.OVERLOADED, path));

        assertEquals(5, shortest.depth());
        assertTrue(Replay.of(model, Replay.record(model, Paths.ORIGIN, shortest))
                .run()
                .isViolated());
    }

    @Test
    void aHandlerThatThrowsGoesOnThrowingTheSame() {
        List<Action> path = Paths.told(
                model,
                "n1 call ship[n2, 3]",
                "n2 receives Parcel[weight=3] from n1",
                "n2 call openDoor[], choosing [store[2]]",
                "n1 timer count",
                "n2 call drop[]");
        Violation shortest = new Shrinker<>(model, 1_000)
                .shrink(new Violation(SystemModel.HANDLER_THREW, false, 0, path, "dropped with a load of 6"));

        assertEquals(List.of("n2 call openDoor[]", "n2 call drop[]"), texts(shortest));
        assertTrue(shortest.detail().contains("FS107") && shortest.detail().contains("a load of 0"), shortest.detail());
    }

    @Test
    void whatDoesNotViolateThePropertyIsLeftAlone() {
        Violation none = Paths.violation(LUCK, Paths.told(model, "n1 timer count"));
        assertSame(none, new Shrinker<>(model, 10).shrink(none));
        Violation liveness = new Violation("someDepotIsCounted", true, 0, Paths.told(model, "n1 call openDoor[]"), "");
        assertSame(liveness, new Shrinker<>(model, 10).shrink(liveness));
    }

    @Test
    void noMoreReplaysAreMadeThanAllowed() {
        SystemModel<Depot> depots = Depot.model(3, Network.UNORDERED);
        Property.check(3, 60, choices -> {
            List<Action> path = Paths.random(depots, choices, 60);
            Shrinker<Depot> shrinker = new Shrinker<>(depots, 5);
            shrinker.shrink(Paths.violation(Paths.OVERLOADED, path));
            assertTrue(shrinker.replays() <= 5);
        });
    }

    @Test
    void whoHasNoTimeLeftGetsTheShortestPathSoFar() {
        List<Action> path = Paths.told(
                model,
                "n1 timer count",
                "n1 call openDoor[]",
                "n2 call openDoor[]",
                "n1 call ship[n2, 3]",
                "n2 receives Parcel[weight=3] from n1, choosing [store[2]]",
                "n1 call ship[n2, 3]",
                "n2 receives Parcel[weight=3] from n1, choosing [store[2]]");
        Violation whole = Paths.violation(Paths.OVERLOADED, path);
        assertSame(whole, new Shrinker<>(model, 1_000, () -> true).shrink(whole));
        TreeSet<Integer> depths = new TreeSet<>();
        for (int patience = 1; patience < 100; patience++) {
            int most = patience;
            AtomicInteger asked = new AtomicInteger();
            Violation shorter = new Shrinker<>(model, 1_000, () -> asked.incrementAndGet() > most).shrink(whole);
            depths.add(shorter.depth());
            assertTrue(Paths.end(model, shorter.actions()).violatedProperties().contains(Paths.OVERLOADED));
        }
        assertEquals(7, depths.last());
        assertEquals(5, depths.first());
    }

    @Test
    void aShorterPathThroughAWorldOfWhichNothingCanBeAskedIsOfNoUse() {
        Action first = new Action.Handle(NodeId.of(1), new Event.Call("toggle", List.of()), List.of());
        Action second = new Action.Handle(NodeId.of(2), new Event.Call("toggle", List.of()), List.of());
        SystemModel<Switches> switches = SystemModel.of(new SwitchesMachine())
                .nodes(2)
                .offer(NodeId.of(1), "toggle")
                .offer(NodeId.of(2), "toggle")
                .constraint(view -> {
                    if (view.state(NodeId.of(1)).isOn()
                            && !view.state(NodeId.of(2)).isOn()) {
                        throw new IllegalStateException("the first before the second");
                    }
                    return true;
                })
                .build();
        Violation violation = Paths.violation("someAreOff", List.of(second, second, second, first));
        assertEquals(
                List.of(second, first),
                new Shrinker<>(switches, 100).shrink(violation).actions());
    }

    @Test
    void whateverIsFoundIsPossibleAndOfNoSingleEventTooMany() {
        SystemModel<Depot> depots = Depot.model(2, Network.UNORDERED);
        int[] shrunk = new int[1];
        Property.check(11, 100, choices -> {
            List<Action> path = Paths.random(depots, choices, 40);
            Violation violation = Paths.violation(Paths.OVERLOADED, path);

            Violation shortest = new Shrinker<>(depots, 2_000).shrink(violation);

            if (!shortest.equals(violation)) {
                shrunk[0]++;
                ReferenceWorld<Depot> end = Paths.end(depots, shortest.actions());
                assertTrue(end.violatedProperties().contains(Paths.OVERLOADED));
                assertEquals(shortest, new Shrinker<>(depots, 2_000).shrink(shortest));
            }
        });
        assertTrue(shrunk[0] > 3, "some paths are to violate the property, not " + shrunk[0]);
    }
}
