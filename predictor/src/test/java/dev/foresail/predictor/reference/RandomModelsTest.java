package dev.foresail.predictor.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RandomModelsTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    @Test
    void whatAWorldListsItCanTakeWithTheSameResultAndTheWorldStaysAsItWas() {
        Property.check(1, 60, choices -> {
            List<ReferenceWorld<Automaton>> worlds = ReferenceWorld.initial(RandomModels.draw(choices));
            if (worlds.isEmpty()) {
                return;
            }
            ReferenceWorld<Automaton> world = worlds.get(choices.below(worlds.size()));
            for (int steps = 0; steps < 12; steps++) {
                List<ReferenceWorld.Transition<Automaton>> transitions = world.transitions();
                long before = world.fingerprint();
                Set<Action> distinct = new HashSet<>();
                for (ReferenceWorld.Transition<Automaton> transition : transitions) {
                    assertTrue(distinct.add(transition.action()), "twice: " + transition.action());
                    ReferenceWorld.Taken<Automaton> again = world.take(transition.action());
                    Worlds.assertSame(transition.taken().world(), again.world());
                    assertEquals(
                            transition.taken().thrown().isPresent(),
                            again.thrown().isPresent());
                    assertEquals(transition.taken().sends(), again.sends());
                    assertEquals(before, world.fingerprint());
                }
                if (transitions.isEmpty()) {
                    return;
                }
                world = transitions
                        .get(choices.below(transitions.size()))
                        .taken()
                        .world();
            }
        });
    }

    @Test
    void fingerprintsCountAsWholeBytesDoAndViolationsReplay() {
        SearchSettings settings = SearchSettings.DEFAULT.beyondViolations().withMaxWorlds(500);
        Property.check(2, 40, choices -> {
            SystemModel<Automaton> model = RandomModels.draw(choices);
            SearchReport report = new NaiveExplorer(RESOURCES, true).search(model, settings);
            assertEquals(
                    report.worldsByDepth(),
                    new NaiveExplorer(RESOURCES, false).search(model, settings).worldsByDepth());
            assertEquals(
                    report.distinctWorlds(),
                    report.worldsByDepth().stream().mapToLong(Long::longValue).sum());
            report.violations().forEach(violation -> replay(model, violation));
        });
    }

    private static void replay(SystemModel<Automaton> model, Violation violation) {
        if (violation.property().equals(SystemModel.HANDLER_THREW) && violation.depth() == 0) {
            assertTrue(ReferenceWorld.beginning(model).thrown().isPresent(), "a beginning threw");
            return;
        }
        ReferenceWorld<Automaton> world = ReferenceWorld.initial(model).get(violation.initialWorld());
        boolean threw = false;
        for (Action action : violation.actions()) {
            ReferenceWorld.Taken<Automaton> taken = world.take(action);
            world = taken.world();
            threw = taken.thrown().isPresent();
        }
        assertTrue(
                violation.property().equals(SystemModel.HANDLER_THREW)
                        ? threw
                        : world.violatedProperties().contains(violation.property()),
                violation.toString());
    }

    @Test
    void consequencePredictionFindsAPartOfWhatThereIs() {
        SearchSettings settings = SearchSettings.DEFAULT.beyondViolations().withMaxWorlds(2_000);
        Property.check(3, 40, choices -> {
            SystemModel<Automaton> model = RandomModels.draw(choices);
            SearchReport whole = new NaiveExplorer(RESOURCES, false).search(model, settings);
            SearchReport part =
                    new NaiveExplorer(RESOURCES, false).search(model, settings.withKind(SearchKind.CONSEQUENCE));
            assertTrue(part.distinctWorlds() <= whole.distinctWorlds(), part + " of " + whole);
            assertTrue(part.transitions() <= whole.transitions() || whole.distinctWorlds() == 2_000, "transitions");
        });
    }

    @Test
    void everythingThatAModelCanSayIsDrawnNowAndThen() {
        Set<String> met = new TreeSet<>();
        SearchSettings settings = SearchSettings.DEFAULT.beyondViolations().withMaxWorlds(100);
        Property.check(4, 150, choices -> {
            SystemModel<Automaton> model = RandomModels.draw(choices);
            addSaid(model, met);
            new NaiveExplorer(RESOURCES, false)
                    .search(model, settings)
                    .violations()
                    .forEach(violation -> met.add(violation.property()));
            ReferenceWorld.Beginning<Automaton> beginning = ReferenceWorld.beginning(model);
            if (beginning.worlds().isEmpty()) {
                return;
            }
            ReferenceWorld<Automaton> world = beginning.worlds().get(0);
            for (int steps = 0; steps < 6; steps++) {
                List<Action> actions = world.actions();
                actions.forEach(action -> met.add(kind(action)));
                if (!actions.isEmpty()) {
                    world = world.take(actions.get(choices.below(actions.size())))
                            .world();
                }
            }
        });
        assertEquals(
                Set.of(
                        "ORDERED",
                        "UNORDERED",
                        "DUPLICATING",
                        "pending false",
                        "pending true",
                        "complete false",
                        "complete true",
                        "history false",
                        "history true",
                        "constraint false",
                        "constraint true",
                        "strangers false",
                        "strangers true",
                        "no handler",
                        "threw",
                        "luck",
                        "isNotForbidden",
                        "notAllKnowEachOther",
                        SystemModel.HANDLER_THREW,
                        "Call",
                        "ConnectionError",
                        "Delivery",
                        "TimerFired",
                        "Crash",
                        "Restart",
                        "SilentReset",
                        "Loss",
                        "Break",
                        "decided"),
                met);
    }

    private static void addSaid(SystemModel<Automaton> model, Set<String> met) {
        met.add(model.network().toString());
        met.add("pending " + model.unhandledStaysPending());
        met.add("complete " + model.isComplete());
        met.add("history " + model.history().isPresent());
        met.add("constraint " + !model.constraints().isEmpty());
        ReferenceWorld.beginning(model)
                .thrown()
                .ifPresent(thrown -> met.add(thrown.toString().contains("FS105") ? "no handler" : "threw"));
        met.add("strangers " + !model.strangers().isEmpty());
    }

    private static String kind(Action action) {
        if (!action.decisions().isEmpty()) {
            return "decided";
        }
        return action instanceof Action.Handle handle
                ? handle.event().getClass().getSimpleName()
                : action.getClass().getSimpleName();
    }
}
