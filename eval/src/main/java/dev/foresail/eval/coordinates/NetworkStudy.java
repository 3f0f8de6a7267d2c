package dev.foresail.eval.coordinates;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment;
import java.io.IOException;
import java.util.Map;

/** One part of {@code foresail eval coordinates}: a question asked of measured networks. */
public interface NetworkStudy {
    /**
     * Runs it.
     *
     * @param data the measurements
     * @param options what the command line says
     * @param bars takes the figures that were asked for
     * @param results takes what the report shall have: maps, lists, numbers and strings, below a key of the study's own
     * @throws dev.foresail.steering.config.ConfigurationException FS361 when a file that it needs is not there
     * @throws IOException when a file cannot be read
     */
    void run(StudyData data, Experiment.Options options, Bars bars, Map<String, Object> results) throws IOException;
}
