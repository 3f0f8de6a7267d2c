package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.determinism.NonDeterminismException;
import dev.foresail.predictor.fixture.Appraiser;
import dev.foresail.predictor.fixture.AppraiserMachine;
import dev.foresail.predictor.fixture.MoodyMachine;
import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.Parcels.Bundle;
import dev.foresail.predictor.fixture.Parcels.Parcel;
import dev.foresail.predictor.fixture.ParcelsMachine;
import dev.foresail.predictor.fixture.Switches;
import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LocalRulesTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    private static Action call(NodeId node, String name, Object... arguments) {
        return new Action.Handle(node, new Event.Call(name, List.of(arguments)), List.of());
    }

    private static Action delivery(NodeId to, NodeId from, Object message, Integer... decisions) {
        return new Action.Handle(to, new Event.Delivery(from, message), List.of(decisions));
    }

    /** The local state of the second node after the actions. */
    private static LocalState secondAfter(WorldSpace space, Action... actions) {
        int[] row = space.beginnings().worlds().get(0).row();
        for (Action action : actions) {
            row = space.after(row, action).orElseThrow(() -> new AssertionError("not possible: " + action));
        }
        return space.locals(row, 0)[1];
    }

    private static List<String> log(LocalState local) {
        return ((Parcels) local.state).log();
    }

    @Test
    void aHandlerRunsOnceForEachLocalTransitionWhateverTheOtherNodesAre() {
        SystemModel.Builder<Switches> model =
                SystemModel.of(new SwitchesMachine()).nodes(6);
        for (int node = 1; node <= 6; node++) {
            model.offer(NodeId.of(node), "toggle");
        }
        Explorer<Switches> explorer = new Explorer<>(model.build(), RESOURCES);
        int before = Switches.Meter.RUNS.get();
        SearchReport report = explorer.search(SearchSettings.DEFAULT.beyondViolations());
        assertEquals(64, report.distinctWorlds());
        assertEquals(64 * 6, report.transitions());
        assertEquals(2 * 6, Switches.Meter.RUNS.get() - before, "on and off, of each node");
        assertEquals(2 * 6, report.handlerRuns());
        explorer.search(SearchSettings.DEFAULT);
        assertEquals(2 * 6, Switches.Meter.RUNS.get() - before, "what was learnt serves the next search");
    }

    @Test
    void aMessageIsWhatItWasWhenItWasSent() {
        WorldSpace space = new WorldSpace(SystemModel.of(new ParcelsMachine())
                .nodes(2)
                .offer(ONE, "bundle", TWO)
                .build());
        // The sender goes on filling the very list that it has sent.
        LocalState second = secondAfter(
                space,
                call(ONE, "bundle", TWO),
                call(ONE, "bundle", TWO),
                delivery(TWO, ONE, new Bundle(List.of(1, 2))),
                delivery(TWO, ONE, new Bundle(List.of(1, 2, 1, 2))));
        assertEquals(List.of("start0", "bundle[1, 2]", "bundle[1, 2, 1, 2]"), log(second));
    }

    @Test
    void whatWasDeferredIsHandledInTheStepThatMakesItReadyInItsOrder() {
        WorldSpace space = new WorldSpace(SystemModel.of(new ParcelsMachine())
                .node(ONE, Map.of())
                .node(TWO, Map.of("shelves", 2))
                .offer(ONE, "parcel", TWO, 1)
                .offer(ONE, "parcel", TWO, 2)
                .offer(TWO, "open")
                .build());
        Action[] closed = {
            call(ONE, "parcel", TWO, 2),
            call(ONE, "parcel", TWO, 1),
            delivery(TWO, ONE, new Parcel(2)),
            delivery(TWO, ONE, new Parcel(1))
        };
        LocalState waiting = secondAfter(space, closed);
        assertEquals(List.of("start0"), log(waiting));
        assertEquals(2, waiting.deferred.length);
        int[] row = space.beginnings().worlds().get(0).row();
        for (Action action : closed) {
            row = space.after(row, action).orElseThrow();
        }
        // Each parcel goes to one of two shelves: four ways to open.
        for (int first = 0; first < 2; first++) {
            for (int second = 0; second < 2; second++) {
                Action open = new Action.Handle(TWO, new Event.Call("open", List.of()), List.of(first, second));
                LocalState opened = space.locals(space.after(row, open).orElseThrow(), 0)[1];
                assertEquals(List.of("start0", "parcel2@" + (first + 1), "parcel1@" + (second + 1)), log(opened));
                assertEquals(0, opened.deferred.length);
            }
        }
    }

    @Test
    void aHandlerThatFailsChangesNothing() {
        SystemModel<Parcels> model = SystemModel.of(new ParcelsMachine())
                .nodes(2)
                .offer(ONE, "spill", TWO)
                .build();
        SearchReport report = new Explorer<>(model, RESOURCES).search(SearchSettings.DEFAULT.beyondViolations());
        assertEquals(1, report.distinctWorlds());
        assertEquals(1, report.transitions());
        assertEquals(
                List.of(call(ONE, "spill", TWO)), report.violations().get(0).actions());
    }

    @Test
    void aHandlerIsRunAgainWithWhatItsNodeKnowsOfOthers() {
        ChannelCheckpoint other = new ChannelCheckpoint(0, 0, List.of(), List.of(new Exported(0, List.of(10), 0)));
        SystemModel.Builder<Appraiser> model =
                SystemModel.of(new AppraiserMachine()).nodes(1).offer(1, ONE, "guess");
        SearchSettings checked = SearchSettings.DEFAULT.checkingDeterminism();
        assertEquals(2, new Explorer<>(model.build(), RESOURCES).search(checked).distinctWorlds());
        SystemModel<Appraiser> informed =
                model.channels(ONE, Map.of(TWO, other)).build();
        NonDeterminismException differs =
                assertThrows(NonDeterminismException.class, () -> new Explorer<>(informed, RESOURCES).search(checked));
        assertTrue(String.valueOf(differs.getMessage()).contains("worth "), differs::toString);
    }

    @Test
    void aHandlerThatReadsWhatIsNotItsStateIsFoundOut() {
        SystemModel<?> model =
                SystemModel.of(new MoodyMachine()).nodes(1).offer(ONE, "draw").build();
        assertThrows(
                NonDeterminismException.class, () -> new Explorer<>(model, RESOURCES).search(SearchSettings.DEFAULT));
    }
}
