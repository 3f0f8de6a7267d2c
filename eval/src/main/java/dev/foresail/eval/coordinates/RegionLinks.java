package dev.foresail.eval.coordinates;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.network.plane.BandwidthModel;
import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measured bandwidths between a cloud's regions. A region whose round trips are not in the matrix gets the median of all.
 *
 * @param bySource the links of each region
 */
record RegionLinks(List<List<BandwidthModel.Sample<Integer>>> bySource) {
    private static final double BYTES_PER_KILOBIT = 125;
    private static final String TIER = "PREMIUM";
    private static final double MICROSECOND_NANOS = 1_000;

    static RegionLinks read(StudyData data) throws IOException {
        Map<String, Map<String, Double>> roundTrips = roundTrips(data.file("cloud-rtt-avg-matrix-2022.csv.gz"));
        double median = Distribution.of(roundTrips.values().stream()
                        .flatMap(row -> row.values().stream())
                        .toList())
                .percentile(0.5);
        Path file = data.file("cloud-throughput-pairs-2022-01.csv.gz");
        List<String[]> rows = CsvRows.texts(file);
        List<String> header = Arrays.asList(rows.get(0));
        Map<String, Integer> regions = new LinkedHashMap<>();
        List<List<BandwidthModel.Sample<Integer>>> bySource = new ArrayList<>();
        for (int row = 1; row < rows.size(); row++) {
            String[] values = rows.get(row);
            CsvRows.expectLength(file, row + 1, values, header.size());
            String from = values[column(file, header, "src")];
            String to = values[column(file, header, "dst")];
            if (from.equals(to)
                    || !values[column(file, header, "src_tier")].equals(TIER)
                    || !values[column(file, header, "dst_tier")].equals(TIER)) {
                continue;
            }
            int source = number(regions, from, bySource);
            int destination = number(regions, to, bySource);
            double kilobits = CsvRows.number(file, row + 1, values[column(file, header, "received_kbps")]);
            double roundTrip = roundTrips.getOrDefault(from, Map.of()).getOrDefault(to, median);
            bySource.get(source)
                    .add(new BandwidthModel.Sample<>(
                            source, destination, kilobits * BYTES_PER_KILOBIT, roundTrip * MICROSECOND_NANOS));
        }
        return new RegionLinks(bySource);
    }

    private static int column(Path file, List<String> header, String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new ConfigurationException(
                    "FS366", file + ":1: there is no column '" + name + "', only " + String.join(", ", header));
        }
        return column;
    }

    private static int number(
            Map<String, Integer> regions, String name, List<List<BandwidthModel.Sample<Integer>>> bySource) {
        return regions.computeIfAbsent(name, absent -> {
            bySource.add(new ArrayList<>());
            return bySource.size() - 1;
        });
    }

    private static Map<String, Map<String, Double>> roundTrips(Path file) throws IOException {
        List<String[]> rows = CsvRows.texts(file);
        String[] names = rows.get(0);
        if (rows.size() != names.length + 1) {
            throw new ConfigurationException(
                    "FS366",
                    file + ": " + (rows.size() - 1) + " rows of round trips, expected " + names.length
                            + ", one for each name in the first line");
        }
        Map<String, Map<String, Double>> roundTrips = new LinkedHashMap<>();
        for (int from = 0; from < names.length; from++) {
            CsvRows.expectLength(file, from + 2, rows.get(from + 1), names.length);
            for (int to = 0; to < names.length; to++) {
                if (from != to) {
                    double value = CsvRows.number(file, from + 2, rows.get(from + 1)[to]);
                    roundTrips
                            .computeIfAbsent(names[from], absent -> new LinkedHashMap<>())
                            .put(names[to], value);
                }
            }
        }
        return roundTrips;
    }
}
