package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.LinkChange;
import dev.foresail.network.topology.LinkClass;
import dev.foresail.network.topology.Links;
import dev.foresail.network.topology.Loss;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.UniformTopology;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The section {@code topology}. */
final class TopologyConfigurationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Topology EVEN = new UniformTopology(5, 1_000);

    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(TopologyConfigurationTest.class.getClassLoader()));

    private TopologySettings read(String section) {
        return reader.readSimulation("sim.yaml", "protocol: kitchen\n" + section, Optional.empty())
                .topology();
    }

    private void assertRefused(String place, String code, String reason, String section) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(section));
        assertEquals(1, refused.problems().size(), refused::getMessage);
        Problem only = refused.problems().get(0);
        assertEquals("sim.yaml:" + place + " " + code, only.place() + " " + only.code(), refused::getMessage);
        assertTrue(only.text().contains(reason), only::text);
    }

    private void assertChangeRefused(int column, String code, String reason, String change) {
        assertRefused("4:" + column, code, reason, "topology:\n  changes:\n    - " + change + "\n");
    }

    @Test
    void withoutTheSectionNothingChanges() {
        assertEquals(TopologySettings.NONE, read(""));
        assertSame(EVEN, TopologySettings.NONE.over(EVEN, 1));
    }

    @Test
    void everyKindOfChangeCanBeSaid() {
        TopologySettings settings = read("""
                topology:
                  groups:
                    europe: [1, 2]
                    rest: [3, 4]
                  changes:
                    - congestion: {between: [europe, rest], from: 10s, until: 60s, ramp: 5s, latencyFactor: 3, rateFactor: 0.2}
                    - congestion: {of: all, until: 2s, rateFactor: 0.5}
                    - route: {between: [1, [europe, 4]], from: 30s, latency: 80ms, oneWay: true}
                    - route: {of: 3, latencyFactor: 1.5}
                    - loss: {of: 3, from: 1s, until: 2s, rate: 0.2, burst: 5, oneWay: true}
                    - failure: {of: europe, from: 90s, until: 2m}
                """);
        Links between = Links.between(List.of(0, 1), List.of(2, 3));
        assertEquals(
                List.of(
                        new LinkChange.Congestion(between, 10 * SECOND, 60 * SECOND, 5 * SECOND, 3, 0.2),
                        new LinkChange.Congestion(Links.all(), 0, 2 * SECOND, 0, 1, 0.5),
                        new LinkChange.RouteChange(
                                Links.between(List.of(0), List.of(0, 1, 3)).oneWay(),
                                30 * SECOND,
                                OptionalLong.of(80_000_000),
                                1),
                        new LinkChange.RouteChange(Links.around(List.of(2)), 0, OptionalLong.empty(), 1.5),
                        new LinkChange.Lossy(Links.around(List.of(2)).oneWay(), SECOND, 2 * SECOND, new Loss(0.2, 5)),
                        new LinkChange.Failure(Links.around(List.of(0, 1)), 90 * SECOND, 120 * SECOND)),
                settings.changes());
        Topology network = settings.over(EVEN, 1);
        assertEquals(80_000_000, network.latencyNanos(0, 3, 70 * SECOND));
        assertEquals(0.2, network.lossProbability(2, 0, SECOND));
        assertEquals(0, network.lossProbability(0, 2, SECOND), "the way back is as it was");
        assertEquals(1, network.failures().size());
    }

    @Test
    void linksMayBeSteadyOrNotAndLoseMessages() {
        Topology network = read("topology: {links: unstable, loss: {rate: 0.1, burst: 4}}\n")
                .over(EVEN, 7);
        assertEquals(LinkClass.UNSTABLE.over(EVEN, 7).jitterFraction(0, 1), network.jitterFraction(0, 1));
        assertEquals(0.1, network.lossProbability(0, 1));
        assertEquals(4, network.lossBurst(0, 1));
        assertEquals(
                Optional.of(Loss.independent(0.5)),
                read("topology: {loss: 0.5}\n").loss());
        assertEquals(
                Optional.of(LinkClass.CLOUD),
                TopologySettings.NONE.withLinks("cloud").links());
        assertThrows(ConfigurationException.class, () -> TopologySettings.NONE.withLinks("clowd"));
    }

    @Test
    void linksThatMakeNoSenseAreNamedWithTheirPlace() {
        assertRefused("2:19", "FS374", "did you mean 'unstable'", "topology: {links: unstabel}\n");
        assertRefused("2:18", "FS207", "[0,1), got 1.0", "topology: {loss: 1}\n");
        assertRefused("2:18", "FS207", "at least 2.0", "topology: {loss: {rate: 0.5, burst: 1}}\n");
        assertRefused("2:18", "FS206", "rate", "topology: {loss: {burst: 3}}\n");
        assertRefused("2:25", "FS207", "a number", "topology: {loss: {rate: few}}\n");
    }

    @Test
    void aNodeThatTheSimulationDoesNotHaveIsNamedWithItsPlace() {
        TopologySettings settings = read("topology:\n  changes:\n    - failure: {of: [2, 7], until: 2s}\n");
        settings.check(7);
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> settings.check(5));
        assertEquals(
                List.of(new Problem(
                        "sim.yaml:4:25", "FS373", "there is no node 7: the simulation has the nodes 1 to 5")),
                refused.problems());
    }

    @Test
    void whatMakesNoSenseIsNamedWithItsPlace() {
        assertRefused("2:11", "FS207", "a map", "topology: flat\n");
        assertRefused("2:12", "FS204", "did you mean 'changes'", "topology: {chnges: []}\n");
        assertRefused("2:21", "FS207", "a name that begins", "topology: {groups: {all: [1]}}\n");
        assertRefused("2:25", "FS207", "a node from 1 on", "topology: {groups: {a: [0]}}\n");
        assertRefused("2:31", "FS372", "no group 'A'", "topology: {groups: {a: 1, b: [A]}}\n");
    }

    @Test
    void aChangeThatMakesNoSenseIsNamedWithItsPlace() {
        assertChangeRefused(7, "FS207", "one of congestion", "{}");
        assertChangeRefused(8, "FS204", "did you mean 'failure'", "{failur: {of: 1, until: 1s}}");
        assertChangeRefused(21, "FS372", "no group 'europ'", "failure: {of: europ, until: 1s}");
        assertChangeRefused(16, "FS206", "until", "failure: {of: 1}");
        assertChangeRefused(16, "FS206", "'between'", "failure: {until: 1s}");
        assertChangeRefused(14, "FS222", "either", "route: {of: 1, between: [1, 2]}");
        assertChangeRefused(24, "FS207", "a list of two", "route: {between: [1, 2, 3]}");
        assertChangeRefused(43, "FS207", "a time after 'from'", "failure: {of: all, from: 2s, until: 2s}");
        assertChangeRefused(54, "FS207", "half of the time", "congestion: {of: 1, from: 2s, until: 5s, ramp: 2s}");
        assertChangeRefused(37, "FS207", "above 0", "route: {of: 1, latencyFactor: 0}");
        assertChangeRefused(24, "FS204", "oneWay", "failure: {of: 1, oneWay: true, until: 1s}");
    }
}
