package dev.foresail.predictor.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.fixture.AutomatonMachine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An automaton has a parameter {@code nodes}, as the scenario has. */
final class DefaultScenarioTest {
    private static final AutomatonMachine MACHINE = new AutomatonMachine();

    private static SystemModel<Automaton> model(Map<String, String> settings) {
        Map<String, String> given = new HashMap<>(settings);
        for (ParameterDescription own : MACHINE.parameters()) {
            if (own.defaultText().isEmpty() && !own.name().equals("nodes")) {
                given.put(own.name(), "1");
            }
        }
        return ExplorationScenarios.model(MACHINE, new DefaultScenario<>(MACHINE), given);
    }

    private static Object own(SystemModel<Automaton> model) {
        List<String> names =
                MACHINE.parameters().stream().map(ParameterDescription::name).toList();
        return model.nodes().get(NodeId.of(1)).get(names.indexOf("nodes"));
    }

    @Test
    void aParameterWithANameOfTheScenarioGoesByTheProtocolsBeforeIt() {
        SystemModel<Automaton> model = model(Map.of("nodes", "2", MACHINE.protocol() + ".nodes", "5"));
        assertEquals(2, model.nodes().size());
        assertEquals(5, own(model));
    }

    @Test
    void aValueThatMustBeGivenIsAskedForByTheNameThatGivesIt() {
        IllegalArgumentException missing =
                assertThrows(IllegalArgumentException.class, () -> model(Map.of("nodes", "2")));
        assertTrue(missing.getMessage().contains("'" + MACHINE.protocol() + ".nodes'"), missing.getMessage());
    }
}
