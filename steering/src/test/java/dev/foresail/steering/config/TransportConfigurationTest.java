package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.transport.ProbeSettings;
import dev.foresail.steering.transport.TransportIo;
import dev.foresail.steering.transport.TransportSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The section {@code transport}. */
final class TransportConfigurationTest {
    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(TransportConfigurationTest.class.getClassLoader()));

    private TransportSettings read(String section) {
        return reader.readNode("node.yaml", Samples.SMALL + section).transport();
    }

    private void assertRefused(String expected, String section) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(section));
        assertEquals(1, refused.problems().size(), refused::getMessage);
        Problem only = refused.problems().get(0);
        assertEquals(expected, only.place() + ": [" + only.code() + "] " + only.text());
    }

    @Test
    void withoutTheSectionTheMachineDecides() {
        assertEquals(TransportSettings.DEFAULT, read(""));
        assertEquals(TransportIo.AUTO, read("transport: {}\n").io());
    }

    @Test
    void everythingCanBeSaid() {
        TransportSettings read = read("transport: {io: nio, probes: {bytesPerSecond: 0, maximumAge: 1m}}\n");
        assertEquals(TransportIo.NIO, read.io());
        assertEquals(new ProbeSettings(0, Duration.ofMinutes(1)), read.probes());
        assertEquals(TransportIo.EPOLL, read("transport: {io: epoll}\n").io());
        assertEquals(
                ProbeSettings.DEFAULT.maximumAge(),
                read("transport: {probes: {bytesPerSecond: 5}}\n").probes().maximumAge());
    }

    @Test
    void aChangedConfigurationIsServedAsBefore() {
        NodeConfiguration read = reader.readNode("node.yaml", Samples.SMALL + "transport: {io: nio}\n");
        assertEquals(
                TransportIo.NIO, read.with(SteeringMode.OBSERVE).transport().io());
    }

    @Test
    void aSimulationLooksAtItAllTheSame() {
        String file = "protocol: kitchen\ntransport: {io: poll}\n";
        assertThrows(ConfigurationException.class, () -> reader.readSimulation("sim.yaml", file, Optional.empty()));
    }

    @Test
    void whatMakesNoSenseIsNamedWithItsPlace() {
        assertRefused(
                "node.yaml:6:17: [FS207] transport.io: 'epol' where 'auto', 'epoll' or 'nio' was expected;"
                        + " did you mean 'epoll'? (known: auto, epoll, nio)",
                "transport: {io: epol}\n");
        assertRefused(
                "node.yaml:6:38: [FS207] transport.probes.bytesPerSecond: '-1' where a whole number of at least 0 was"
                        + " expected",
                "transport: {probes: {bytesPerSecond: -1}}\n");
        assertRefused(
                "node.yaml:6:13: [FS204] unknown key 'probe' in transport; did you mean 'probes'? (known: io, probes)",
                "transport: {probe: {}}\n");
    }
}
