package dev.foresail.steering.config;

import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.decision.DecisionFile;
import dev.foresail.predictor.decision.DecisionFileException;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how right the predictions of an earlier run were, from the file of its decisions. */
final class ExperienceBinder {
    private final boolean isRead;
    private final Problems problems;
    private final Values values;

    /** @param isRead whether such files are read at all */
    ExperienceBinder(boolean isRead, Problems problems, Values values) {
        this.isRead = isRead;
        this.problems = problems;
        this.values = values;
    }

    Optional<PastResiduals> read(Node node, ResolverSettings settings) {
        Optional<Path> file = values.path(node, "resolver.experience");
        if (file.isEmpty() || !isRead) {
            return Optional.empty();
        }
        try (Reader in = Files.newBufferedReader(file.get())) {
            PastResiduals residuals =
                    DecisionFile.residuals(DecisionFile.read(in).decisions(), settings::objectiveOf);
            if (residuals.size() == 0) {
                problems.add(
                        node,
                        "FS481",
                        file.get() + " holds no decision by these objectives whose outcome is known; make it with"
                                + " 'foresail simulate --decisions FILE'");
            }
            return Optional.of(residuals);
        } catch (NoSuchFileException absent) {
            problems.add(
                    node,
                    "FS481",
                    "there is no file " + file.get() + "; make it with 'foresail simulate --decisions FILE'");
        } catch (IOException | DecisionFileException unreadable) {
            problems.add(node, "FS481", file.get() + " is no readable file of decisions: " + unreadable.getMessage());
        }
        return Optional.empty();
    }
}
