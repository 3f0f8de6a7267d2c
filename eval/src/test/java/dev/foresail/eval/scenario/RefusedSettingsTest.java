package dev.foresail.eval.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.steering.config.Protocols;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that would make another model than its name says is refused, not obeyed. */
final class RefusedSettingsTest {
    private static List<ExplorationScenario<?>> ofThisModule() {
        List<ExplorationScenario<?>> scenarios = new ArrayList<>();
        for (ExplorationScenario<?> scenario : ServiceLoader.load(ExplorationScenario.class)) {
            if (scenario.getClass().getName().startsWith("dev.foresail.eval.")) {
                scenarios.add(scenario);
            }
        }
        return scenarios;
    }

    private static SystemModel<?> model(String scenario, Map<String, String> settings) {
        return model(
                ofThisModule().stream()
                        .filter(each -> each.name().equals(scenario))
                        .findFirst()
                        .orElseThrow(),
                settings);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a scenario is for its protocol's state
    private static <S> SystemModel<S> model(ExplorationScenario<S> scenario, Map<String, String> settings) {
        ClassLoader loader = RefusedSettingsTest.class.getClassLoader();
        Machine<S> machine = (Machine<S>) Protocols.of(loader).find(scenario.protocol());
        return Explorations.model(machine, scenario, settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "single-decree | proposers | 11 | proposers is 1 to 10, not 11",
                "single-decree | proposers | 0 | proposers is 1 to 10, not 0",
                "twophase | rms | 0 | rms is at least 1, not 0",
                "twophase | ballast | -1 | ballast is at least 0, not -1",
                "paxos | nodes | 2 | nodes is at least 3, not 2",
                "paxos | proposers | 4 | proposers is 0 to 3, not 4",
                "paxos | rounds | 0 | rounds is at least 1, not 0",
                "paxos | crashes | -1 | crashes is at least 0, not -1",
                "paxos | bug | PX-3 | bug is one of none, PX-1, PX-2, not 'PX-3'",
                "paxos | snapshot | ring | snapshot is one of initial, chosen, not 'ring'",
                "chord | nodes | 0 | nodes is at least 1, not 0",
                "chord | bug | ch-1 | bug is one of none, CH-1, Chord2, Chord8, d5bc9fc, 66f159d, e11bce2, not 'ch-1'",
                "chord | snapshot | star | snapshot is one of initial, ring, not 'star'",
                "chord | known | last | known is one of any, first, not 'last'",
                "dispatches/recursive-route/static-ring | senders | 4 | senders is 1 to 3, not 4",
                "dispatches/recursive-route/static-ring | bug | RR-5 | bug is one of none, RR-1, RR-2, RR-3, RR-4, not 'RR-5'",
                "broken-tree | nodes | 0 | nodes is at least 1, not 0",
                "broken-tree | bug | all | bug is one of none, BT-1, not 'all'",
                "mace-randtree | bug | RT-1,RT-4 | bug is one of RT-1, RT-2, RT-3, not 'RT-4'",
                "mace-randtree | nodes | 0 | nodes is at least 1, not 0",
                "mace-randtree | failures | -1 | failures is at least 0, not -1",
                "paxos-sets | acceptors | 0 | acceptors is at least 1, not 0",
                "paxos-sets | ballots | 0 | ballots is at least 1, not 0",
                "paxos-mencius | nodes | 32 | nodes is 1 to 31, not 32",
                "paxos-proposer | handOvers | -1 | handOvers is at least 0, not -1",
                "ring-membership | nodes | 0 | nodes is at least 1, not 0",
                "ring-membership | bug | RM-6 | bug is one of none, RM-1, RM-2, RM-3, RM-4, RM-5, not 'RM-6'",
                "skipnet | bug | SN-4 | bug is one of none, SN-1, SN-2, SN-3, not 'SN-4'",
                "skipnet | leavesPerSide | 0 | leavesPerSide is at least 1, not 0",
                "register-abd | clients | 27 | clients is 1 to 26, not 27",
                "register-paxos | servers | 0 | servers is at least 1, not 0"
            })
    void theRefusalNamesTheSettingItsRangeAndTheValue(String scenario, String name, String value, String said) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> model(scenario, Map.of(name, value)));
        assertEquals(said, refusal.getMessage());
    }

    @Test
    void theSnapshotOfAChosenValueIsOfThreeNodes() {
        assertEquals(3, model("paxos", Map.of("snapshot", "chosen")).nodes().size());
        assertThrows(IllegalArgumentException.class, () -> model("paxos", Map.of("snapshot", "chosen", "nodes", "5")));
    }

    @Test
    void defaultsAreAcceptedAndHaveNoBug() {
        Map<String, String> bugs = new TreeMap<>();
        for (ExplorationScenario<?> scenario : ofThisModule()) {
            model(scenario, Map.of());
            for (ParameterDescription parameter : scenario.parameters()) {
                if (parameter.name().startsWith("bug")) {
                    bugs.put(
                            scenario.name() + " " + parameter.name(),
                            parameter.defaultText().orElse(""));
                }
            }
        }
        assertEquals(
                Map.of(
                        "broken-tree bug", "none",
                        "chord bug", "none",
                        "dispatches/recursive-route/static-ring bug", "none",
                        "mace-randtree bug", "none",
                        "paxos bug", "none",
                        "ring-membership bug", "none",
                        "skipnet bug", "none"),
                bugs);
    }
}
