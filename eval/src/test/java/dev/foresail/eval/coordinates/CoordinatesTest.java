package dev.foresail.eval.coordinates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment, on generated networks in place of the measured ones. */
final class CoordinatesTest {
    @TempDir
    private Path directory;

    private static Experiment.Options options(Optional<Path> data, SortedMap<String, String> own) {
        return new Experiment.Options(Optional.empty(), 0, true, data, new Interruption(), hint -> {}, own);
    }

    private void write(String name, int nodes, long seed) throws IOException {
        Topology topology = SyntheticWideArea.generate(nodes, seed);
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                text.append(to == 0 ? "" : ",").append(topology.roundTripNanos(from, to) / 1_000);
            }
            text.append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Bar bar(Bars bars, String name) {
        return bars.all().stream()
                .filter(bar -> bar.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is none of " + bars.all()));
    }

    @Test
    void errorsAreTakenWithHonestNodesAndWithLiars() throws IOException {
        write(NeverMeasuredPairs.PLANETLAB_FILE, 60, 1);
        write(NeverMeasuredPairs.CLOUD_FILE, 50, 2);
        Bars bars = new Bars();
        Map<String, Object> results = new LinkedHashMap<>();
        new NeverMeasuredPairs(0.2)
                .run(new StudyData(directory), options(Optional.of(directory), new TreeMap<>()), bars, results);
        Map<?, ?> tables = (Map<?, ?>) results.get("neverMeasuredPairs");
        assertEquals(14, tables.size(), tables::toString);
        Map<?, ?> honest = (Map<?, ?>) tables.get("PlanetLab 490: honest");
        Map<?, ?> early = (Map<?, ?>) honest.get("16 samples per node");
        Map<?, ?> late = (Map<?, ?>) honest.get("100 samples per node");
        assertTrue((double) late.get("median") < (double) early.get("median"), honest::toString);
        assertEquals(
                late.get("median"),
                bar(bars, "PlanetLab 490, never measured: median after 100 samples per node")
                        .value());
        assertEquals(5, bars.all().size(), bars.all()::toString);
    }

    @Test
    void whatIsMissingIsNamed() {
        ConfigurationException noData = assertThrows(
                ConfigurationException.class, () -> new Coordinates().run(options(Optional.empty(), new TreeMap<>())));
        assertTrue(
                noData.getMessage().contains("[FS361] coordinates needs measured networks: --data"),
                noData::getMessage);
        ConfigurationException noFile = assertThrows(
                ConfigurationException.class,
                () -> new Coordinates().run(options(Optional.of(directory), new TreeMap<>())));
        assertTrue(noFile.getMessage().contains("no readable file 'planetlab490"), noFile::getMessage);
    }

    @Test
    void moreLiarsThanHonestNodesAreNotAskedFor() {
        for (String share : List.of("0.5", "-0.1", "many")) {
            SortedMap<String, String> own = new TreeMap<>(Map.of("--liars", share));
            ConfigurationException refused = assertThrows(
                    ConfigurationException.class, () -> new Coordinates().run(options(Optional.of(directory), own)));
            assertTrue(refused.getMessage().contains("'" + share + "'"), refused::getMessage);
        }
    }
}
