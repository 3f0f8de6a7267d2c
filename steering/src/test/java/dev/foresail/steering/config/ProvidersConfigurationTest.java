package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.provider.LinkProvider;
import dev.foresail.steering.provider.ProviderSettings;
import dev.foresail.steering.provider.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersConfigurationTest {
    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(ProvidersConfigurationTest.class.getClassLoader()));

    /** A user's own provider. */
    public static final class Weather implements LinkProvider<NodeId> {
        @Override
        public List<String> figures() {
            return List.of("rain");
        }

        @Override
        public Figure figure(String figure, NodeId from, NodeId to, long nowNanos) {
            return Figure.exact((double) to.value());
        }
    }

    /** Does not know what it tells. */
    public static class Mute extends Told {
        @Override
        public List<String> figures() {
            throw new IllegalStateException("not yet");
        }
    }

    /** Tells what has no name. */
    public static final class Nameless extends Told {
        @Override
        public List<String> figures() {
            return List.of("rain-fall");
        }
    }

    /** Tells what objectives call otherwise. */
    public static final class Hidden extends Told {
        @Override
        public List<String> figures() {
            return List.of("downtime");
        }
    }

    private abstract static class Told implements LinkProvider<NodeId> {
        @Override
        public Figure figure(String figure, NodeId from, NodeId to, long nowNanos) {
            return Figure.exact(1);
        }
    }

    private NodeConfiguration read(String lines) {
        return reader.readNode("node.yaml", Samples.SMALL + lines);
    }

    @Test
    void providersStandInTheOrderInWhichTheyAreBelieved() {
        List<ProviderSettings> read = read("""
                providers:
                  - table: latencies.csv
                    figures: [rtt, toll]
                    refresh: 1m
                  - alto: {networkMap: "http://alto.example/net", costMap: costs.json}
                    maximumAge: 1h
                  - class: dev.foresail.steering.config.ProvidersConfigurationTest$Weather
                """).providers();
        assertEquals(
                List.of(
                        new ProviderSettings.Table(
                                new Source("latencies.csv"),
                                List.of("rtt", "toll"),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(10)),
                        new ProviderSettings.Alto(
                                new Source("http://alto.example/net"),
                                new Source("costs.json"),
                                "cost",
                                Duration.ofMinutes(5),
                                Duration.ofHours(1))),
                read.subList(0, 2));
        assertEquals(List.of("rain"), read.get(2).figures());
    }

    @Test
    void objectivesAndWishesMayNameWhatProvidersTell() {
        NodeConfiguration read = read("""
                providers:
                  - class: dev.foresail.steering.config.ProvidersConfigurationTest$Weather
                  - {table: links.csv, figures: [rtt, toll]}
                choices:
                  order.cook: {objectives: [{minimize: toll(candidate) + 0.5 * rain(candidate)}]}
                  senders: "choose 2: minimize sum(rain)"
                """);
        assertEquals(
                List.of("rain", "toll"),
                read.resolver().objectives().get("order.cook").provided());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "providers: links.csv|FS207|a list such as '- table: latencies.csv'",
                "providers: [{table: links.csv}]|FS206|the key 'providers.figures' is missing",
                "providers: [{table: links.csv, figures: [rtt, rtt]}]|FS207|each name once",
                "providers: [{table: links.csv, figures: [a-b]}]|FS207|a name of letters and digits",
                "providers: [{table: 'http:///x', figures: [rtt]}]|FS207|a file, or an address",
                "providers: [{alto: {networkMap: n.json}}]|FS206|the key 'providers.alto.costMap' is missing",
                "providers: [{tabel: links.csv}]|FS204|unknown key 'tabel' in providers; did you mean 'table'?",
                "providers: [{class: com.example.Nobody}]|FS453|cannot be made: java.lang.ClassNotFoundException",
                "providers: [{class: java.lang.Object}]|FS453|java.lang.Object is no dev.foresail.network.provider.LinkProvider",
                "providers: [{table: links.csv, figures: [rtt, p95]}]|FS207|'p95' is a function of objectives, and no name for a figure",
                "providers: [{alto: {networkMap: n, costMap: c}, figure: min}]|FS207|'min' is a function of objectives",
                "providers: [{class: dev.foresail.steering.config.ProvidersConfigurationTest$Mute}]|FS453|does not tell its figures: java.lang.IllegalStateException: not yet",
                "providers: [{class: dev.foresail.steering.config.ProvidersConfigurationTest$Nameless}]|FS453|'rain-fall' where a name of letters and digits",
                "providers: [{class: dev.foresail.steering.config.ProvidersConfigurationTest$Hidden}]|FS453|'downtime' is a function of objectives",
                "objectives: [{minimize: toll(candidate)}]|FS457|no function is named 'toll'",
            })
    void whatIsWrongIsSaid(String line, String code, String text) {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(line + "\n"));
        String message = String.valueOf(wrong.getMessage());
        assertTrue(message.contains("[" + code + "]") && message.contains(text), message);
    }
}
