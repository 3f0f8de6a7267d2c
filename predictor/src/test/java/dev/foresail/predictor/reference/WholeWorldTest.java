package dev.foresail.predictor.reference;

import static dev.foresail.predictor.reference.Worlds.ONE;
import static dev.foresail.predictor.reference.Worlds.TWO;
import static dev.foresail.predictor.reference.Worlds.after;
import static dev.foresail.predictor.reference.Worlds.assertSame;
import static dev.foresail.predictor.reference.Worlds.begin;
import static dev.foresail.predictor.reference.Worlds.call;
import static dev.foresail.predictor.reference.Worlds.delivery;
import static dev.foresail.predictor.reference.Worlds.log;
import static dev.foresail.predictor.reference.Worlds.parcels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.determinism.NonDeterminismException;
import dev.foresail.predictor.fixture.MoodyMachine;
import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.Parcels.Leaflet;
import dev.foresail.predictor.fixture.ParcelsMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.History;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WholeWorldTest {
    @Test
    void choicesAtTheBeginningGiveSeveralWorldsEachOnce() {
        SystemModel.Builder<Parcels> model = SystemModel.of(new ParcelsMachine())
                .node(ONE, Map.of("beginnings", 2))
                .node(TWO, Map.of("beginnings", 2))
                .initially(world -> world.call(ONE, "open"))
                .initially(world -> {})
                .initially(world -> world.call(ONE, "open"));
        List<ReferenceWorld<Parcels>> worlds = ReferenceWorld.initial(model.build());
        assertEquals(
                List.of("start0start0true", "start0start1true", "start1start0true", "start1start1true"),
                worlds.subList(0, 4).stream()
                        .map(world -> log(world, ONE).get(0)
                                + log(world, TWO).get(0)
                                + world.state(ONE).isOpen())
                        .toList());
        assertEquals(8, worlds.size(), "the third description says the same as the first");
    }

    @Test
    void aNodeWithAStateOfItsOwnIsNotStarted() {
        SystemModel.Builder<Parcels> model = parcels(2, Network.ORDERED);
        Parcels state = model.create(ONE);
        ReferenceWorld<Parcels> world = begin(model.initially(initial -> initial.state(ONE, state, "tick")));
        assertEquals(List.of(), log(world, ONE));
        assertEquals(List.of("start0"), log(world, TWO));
        assertEquals(List.of("tick"), List.copyOf(world.armed(ONE)));
        state.log().add("later");
        assertEquals(List.of(), log(world, ONE), "what was described is copied");
    }

    @Test
    void aBeginningThatThrowsIsLeftOutAndTold() {
        SystemModel<Parcels> model = parcels(1, Network.ORDERED)
                .initially(world -> world.call(ONE, "close"))
                .initially(world -> world.call(ONE, "open"))
                .build();
        ReferenceWorld.Beginning<Parcels> beginning = ReferenceWorld.beginning(model);
        assertEquals(1, beginning.worlds().size());
        assertTrue(beginning.worlds().get(0).state(ONE).isOpen());
        assertEquals("FS105", ((ProtocolException) beginning.thrown().orElseThrow()).code());
    }

    /** Remembers the kinds of actions and how much was sent in their course. */
    private static final class Diary implements History<String> {
        @Override
        public String initial() {
            return "";
        }

        @Override
        public String after(String history, Action action, List<Step.Send> sends) {
            String what = action instanceof Action.Handle handle
                    ? handle.event().getClass().getSimpleName()
                    : action.getClass().getSimpleName();
            return history + what + sends.size() + " ";
        }

        @Override
        public void write(String history, StateWriter out) {
            out.writeString(history);
        }
    }

    @Test
    void theHistoryIsToldEverythingFromTheFirstStartOn() {
        ReferenceWorld<Parcels> world = begin(parcels(2, Network.UNORDERED)
                .failures(Failures.NONE.withCrashes(2).withRestarts().withLosses(1))
                .history(new Diary(), Map.of("short", diary -> diary.length() < 50))
                .offer(ONE, "spill", TWO)
                .initially(initial -> initial.call(ONE, "leaflet", TWO, 1)));
        assertEquals(Optional.of("Start0 Start0 Call1 "), world.history());
        assertEquals(
                world.history(), world.take(call(ONE, "spill", TWO)).world().history(), "what throws is not told");
        ReferenceWorld<Parcels> next = after(
                world,
                new Action.Crash(ONE),
                new Action.Restart(ONE, List.of()),
                new Action.Loss(TWO, ONE, new Leaflet(1)));
        assertEquals(Optional.of("Start0 Start0 Call1 Crash0 Restart0 Loss0 "), next.history());
        assertEquals(List.of(), next.violatedProperties());
        assertEquals(
                List.of("short"),
                after(next, new Action.Crash(TWO), new Action.Restart(TWO, List.of()))
                        .violatedProperties());
    }

    @Test
    void theHistoryIsAPartOfTheWorld() {
        SystemModel.Builder<Parcels> model =
                parcels(2, Network.DUPLICATING).initially(initial -> initial.inFlight(ONE, TWO, new Leaflet(1)));
        Action dropped = delivery(TWO, ONE, new Leaflet(1));
        assertSame(begin(model), after(begin(model), dropped));
        ReferenceWorld<Parcels> told = begin(model.history(new Diary(), Map.of()));
        assertNotEquals(told.fingerprint(), after(told, dropped).fingerprint());
    }

    @Test
    void propertiesAskTheNodesThatAreUp() {
        ReferenceWorld<Parcels> world = begin(parcels(2, Network.ORDERED)
                .failures(Failures.NONE.withCrashes(1))
                .initially(initial -> initial.call(ONE, "open")));
        assertEquals(List.of(), world.violatedProperties());
        assertEquals(
                List.of("somebodyIsClosed"), after(world, new Action.Crash(TWO)).violatedProperties());
    }

    @Test
    void whatDependsOnUnknownNodesIsNotViolated() {
        SystemModel.Builder<Parcels> model =
                parcels(1, Network.ORDERED).initially(initial -> initial.call(ONE, "open"));
        assertEquals(List.of("somebodyIsClosed"), begin(model).violatedProperties());
        assertEquals(List.of(), begin(model.incomplete()).violatedProperties());
    }

    @Test
    void aWorldIsWithinItsConstraintsWhenNoneIsBroken() {
        SystemModel.Builder<Parcels> model = parcels(1, Network.ORDERED)
                .offer(ONE, "open")
                .constraint(system -> true)
                .constraint(system -> !system.state(ONE).isOpen());
        ReferenceWorld<Parcels> world = begin(model);
        assertTrue(world.isWithinConstraints(), "closed");
        assertFalse(after(world, call(ONE, "open")).isWithinConstraints(), "open");
    }

    @Test
    void whatMayHappenAnyNumberOfTimesIsNoPartOfTheWorld() {
        ReferenceWorld<Parcels> often =
                begin(parcels(1, Network.ORDERED).offer(ONE, "stop").failures(Failures.NONE.withCrashes(2)));
        assertSame(often, after(often, call(ONE, "stop")));
        ReferenceWorld<Parcels> twice = begin(parcels(1, Network.ORDERED).offer(2, ONE, "stop"));
        assertNotEquals(twice.fingerprint(), after(twice, call(ONE, "stop")).fingerprint());
    }

    @Test
    void aProtocolThatIsNotDeterministicIsNoticed() {
        for (String name : List.of("draw", "drawOnce")) {
            ReferenceWorld<?> world =
                    begin(SystemModel.of(new MoodyMachine()).nodes(1).offer(ONE, name));
            NonDeterminismException thrown = assertThrows(NonDeterminismException.class, () -> {
                world.actions();
                world.actions();
            });
            assertTrue(thrown.getMessage().startsWith("[FS267]"), thrown.getMessage());
        }
    }
}
