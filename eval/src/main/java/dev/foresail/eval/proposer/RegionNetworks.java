package dev.foresail.eval.proposer;

import dev.foresail.network.topology.MatrixOptions;
import dev.foresail.network.topology.MatrixReader;
import dev.foresail.network.topology.SampledTopology;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the replicas are: in regions of a cloud, as far as they were measured, else anywhere in a synthetic wide area. Immutable. */
final class RegionNetworks {
    static final String FILE = "aws13-oneway.csv";

    private final Optional<Topology> measured;

    private RegionNetworks(Optional<Topology> measured) {
        this.measured = measured;
    }

    /** Synthetic when there is no directory, or it does not hold {@link #FILE}. */
    static RegionNetworks of(Optional<Path> directory) {
        return new RegionNetworks(directory
                .map(given -> given.resolve(FILE))
                .filter(Files::isRegularFile)
                .map(file -> MatrixReader.read(file, MatrixOptions.of(MatrixOptions.Meaning.ONE_WAY))));
    }

    boolean areMeasured() {
        return measured.isPresent();
    }

    /** Other regions for every seed. */
    Topology draw(long seed) {
        return measured.map(all -> SampledTopology.sample(all, ProposerSetting.REPLICAS, seed))
                .orElseGet(() -> SyntheticWideArea.generate(ProposerSetting.REPLICAS, seed));
    }
}
