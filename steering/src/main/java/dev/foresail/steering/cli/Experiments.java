package dev.foresail.steering.cli;

import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The experiments on a class path. Immutable. */
final class Experiments {
    private final List<Experiment> experiments;

    Experiments(List<Experiment> experiments) {
        this.experiments = experiments.stream()
                .sorted(Comparator.comparing(Experiment::name))
                .toList();
    }

    static Experiments of(ClassLoader loader) {
        List<Experiment> experiments = new ArrayList<>();
        try {
            ServiceLoader.load(Experiment.class, loader).forEach(experiments::add);
        } catch (ServiceConfigurationError broken) {
            throw new ConfigurationException(
                    "FS223", "an experiment on the class path cannot be loaded: " + broken.getMessage());
        }
        return new Experiments(experiments);
    }

    List<Experiment> all() {
        return experiments;
    }

    /**
     * @param others what else may stand in the place of an experiment's name
     * @throws ConfigurationException FS226 when there is none
     */
    Experiment find(String name, String... others) {
        List<String> names = Stream.concat(experiments.stream().map(Experiment::name), Stream.of(others))
                .toList();
        return experiments.stream()
                .filter(experiment -> experiment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "FS226", "no experiment is named '" + name + "'" + Nearest.hint(name, names)));
    }

    /** The names, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return of(Thread.currentThread().getContextClassLoader()).all().stream()
                    .map(Experiment::name)
                    .iterator();
        }
    }
}
