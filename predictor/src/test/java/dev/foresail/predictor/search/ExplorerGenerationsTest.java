package dev.foresail.predictor.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.fixture.Stamp;
import dev.foresail.predictor.fixture.StampMachine;
import dev.foresail.predictor.fixture.Switches;
import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.reference.RandomModels;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An explorer goes from model to model, as on a live node from snapshot to snapshot. */
final class ExplorerGenerationsTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings WHOLE =
            SearchSettings.DEFAULT.beyondViolations().withMaxDepth(7);

    private static SystemModel.Builder<Switches> switches(SwitchesMachine machine, int nodes) {
        SystemModel.Builder<Switches> model = SystemModel.of(machine).nodes(nodes);
        for (int node = 1; node <= nodes; node++) {
            model.offer(NodeId.of(node), "toggle");
        }
        return model;
    }

    @Test
    void whatItHasLearntChangesNoReport() {
        Property.check(21, 60, choices -> {
            List<SystemModel<Automaton>> models = RandomModels.drawSuccession(choices, 3);
            Explorer<Automaton> explorer = new Explorer<>(models.get(0), RESOURCES, choices.below(2) * 1000L);
            for (SystemModel<Automaton> model : models) {
                explorer.follow(model);
                for (SearchKind kind : List.of(SearchKind.EXHAUSTIVE, SearchKind.CONSEQUENCE)) {
                    SearchReport expected = new Explorer<>(model, RESOURCES).search(WHOLE.withKind(kind));
                    SearchReport found = explorer.search(WHOLE.withKind(kind));
                    assertEquals(expected.worldsByDepth(), found.worldsByDepth());
                    assertEquals(expected.transitions(), found.transitions());
                    assertEquals(expected.violations(), found.violations());
                }
            }
        });
    }

    @Test
    void noHandlerRunsAgainInTheSameSystem() {
        SystemModel.Builder<Switches> model = switches(new SwitchesMachine(), 3);
        Explorer<Switches> explorer = new Explorer<>(model.build(), RESOURCES);
        assertEquals(8, explorer.search(WHOLE).distinctWorlds());
        int before = Switches.Meter.RUNS.get();
        // Nobody has asked for the time.
        explorer.follow(model.nowNanos(5_000_000_000L)
                .initially(world -> world.call(NodeId.of(1), "toggle"))
                .build());
        assertEquals(8, explorer.search(WHOLE).distinctWorlds());
        assertEquals(before, Switches.Meter.RUNS.get());
        assertEquals(1, explorer.generation());
    }

    @Test
    void whatAHandlerDidAtAnotherTimeIsNotTaken() {
        SystemModel.Builder<Stamp> model =
                SystemModel.of(new StampMachine()).nodes(1).offer(NodeId.of(1), "call");
        Explorer<Stamp> explorer = new Explorer<>(model.nowNanos(5).build(), RESOURCES);
        assertEquals(List.of(), explorer.search(WHOLE).violations());
        explorer.follow(model.nowNanos(20).build());
        assertEquals(1, explorer.search(WHOLE).violations().size());
        assertEquals(2, explorer.generation());
    }

    @Test
    void anotherSystemBeginsAnotherGeneration() {
        SwitchesMachine machine = new SwitchesMachine();
        Explorer<Switches> explorer = new Explorer<>(switches(machine, 3).build(), RESOURCES);
        assertEquals(8, explorer.search(WHOLE).distinctWorlds());
        explorer.follow(switches(machine, 4).build());
        assertEquals(2, explorer.generation());
        assertEquals(16, explorer.search(WHOLE).distinctWorlds());
    }

    @Test
    void itsTablesStayBoundedInALongRun() {
        Property.check(22, 5, choices -> {
            List<SystemModel<Automaton>> models = RandomModels.drawSuccession(choices, 40);
            long limit = 20;
            long mostOfOne = 0;
            for (SystemModel<Automaton> model : models) {
                Explorer<Automaton> alone = new Explorer<>(model, RESOURCES);
                alone.search(WHOLE);
                mostOfOne = Math.max(mostOfOne, alone.known());
            }
            Explorer<Automaton> explorer = new Explorer<>(models.get(0), RESOURCES, limit);
            for (SystemModel<Automaton> model : models) {
                explorer.follow(model);
                explorer.search(WHOLE);
                assertTrue(explorer.known() <= limit + mostOfOne);
            }
        });
    }
}
