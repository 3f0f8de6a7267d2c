package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.ResolverSettings.Kind;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.ConfigurationReader;
import dev.foresail.steering.config.FaultSettings;
import dev.foresail.steering.config.LimitSettings;
import dev.foresail.steering.config.Protocols;
import dev.foresail.steering.config.SimulationConfiguration;
import dev.foresail.steering.config.TopologySettings;
import dev.foresail.steering.control.SteeringSettings;
import dev.foresail.steering.detector.FailureDetectorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the configuration of a simulated protocol: the file that was named, else the one that the protocol's jar ships as
 * {@code META-INF/foresail/<protocol>.yaml}, else none, with choices made at random.
 */
public final class SimulationConfigurations {
    private final Machine<?> machine;
    private final ClassLoader loader;
    private final Output output;
    private final boolean readsTables;

    public SimulationConfigurations(Machine<?> machine, ClassLoader loader, Output output) {
        this(machine, loader, output, true);
    }

    private SimulationConfigurations(Machine<?> machine, ClassLoader loader, Output output, boolean readsTables) {
        this.machine = machine;
        this.loader = loader;
        this.output = output;
        this.readsTables = readsTables;
    }

    /** The same, but tables of values are left out, as they are about to be made. */
    SimulationConfigurations withoutTables() {
        return new SimulationConfigurations(machine, loader, output, false);
    }

    /**
     * @param file what {@code --config} names
     * @param resolver what {@code --resolver} says
     * @throws ConfigurationException when the configuration is wrong or lacks objectives that the resolver needs
     */
    public SimulationConfiguration choose(Optional<Path> file, Optional<Kind> resolver) {
        ConfigurationReader all = new ConfigurationReader(new Protocols(List.of(machine)), loader);
        ConfigurationReader reader = readsTables ? all : all.withoutTables();
        Optional<String> name = Optional.of(machine.protocol());
        Optional<SimulationConfiguration> found = file.map(path -> reader.readSimulation(path, name))
                .or(() -> shipped().map(text -> reader.readSimulation(shippedName(), text, name)));
        if (found.isEmpty() && resolver.isEmpty()) {
            output.hint("no configuration, so choices are made at random; objectives in --config FILE let the runtime"
                    + " predict");
        }
        SimulationConfiguration configuration = found.orElseGet(() -> none(Kind.RANDOM));
        return resolver.map(kind -> with(configuration, kind)).orElse(configuration);
    }

    /** Whether the protocol's jar ships a configuration. */
    boolean isShipped() {
        return loader.getResource(shippedName()) != null;
    }

    /** No configuration at all, whatever the protocol's jar ships. */
    SimulationConfiguration none(Kind policy) {
        return new SimulationConfiguration(
                machine.protocol(),
                new TreeMap<>(),
                ResolverSettings.policy(policy),
                NodeSettings.DEFAULT,
                SteeringSettings.DEFAULT,
                FailureDetectorSettings.DEFAULT,
                List.of(),
                TopologySettings.NONE,
                FaultSettings.NONE,
                LimitSettings.USUAL,
                List.of(),
                List.of(),
                new TreeMap<>());
    }

    String shippedName() {
        return "META-INF/foresail/" + machine.protocol() + ".yaml";
    }

    /** The text of the configuration that the protocol's jar ships. */
    Optional<String> shipped() {
        try (InputStream in = loader.getResourceAsStream(shippedName())) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new ConfigurationException("FS201", "cannot read " + shippedName() + ": " + failure.getMessage());
        }
    }

    private static SimulationConfiguration with(SimulationConfiguration configuration, Kind kind) {
        ResolverSettings old = configuration.resolver();
        if (kind == Kind.PREDICTED
                && old.objective().isEmpty()
                && old.objectives().isEmpty()) {
            throw new ConfigurationException(
                    "FS222", "the resolver 'predicted' needs objectives; give --config FILE with 'objectives'");
        } else if (kind == Kind.SCRIPTED && old.script().isEmpty()) {
            throw new ConfigurationException(
                    "FS222",
                    "the resolver 'scripted' needs a script; give --config FILE with 'resolver: {script: ...}'");
        }
        return new SimulationConfiguration(
                configuration.protocol(),
                configuration.parameters(),
                old.with(kind),
                configuration.node(),
                configuration.steering(),
                configuration.failureDetector(),
                configuration.calls(),
                configuration.topology(),
                configuration.faults(),
                configuration.limits(),
                configuration.providers(),
                configuration.paths(),
                configuration.addresses());
    }

    /** @throws ConfigurationException FS200 when no resolver has that name */
    static Kind kind(String label) {
        List<String> labels = Arrays.stream(Kind.values()).map(Kind::label).toList();
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "FS200", "no resolver is named '" + label + "'" + Nearest.hint(label, labels)));
    }
}
