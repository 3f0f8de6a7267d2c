package dev.foresail.steering.cli;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.provider.LinkProviders;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.campaign.CampaignException;
import dev.foresail.predictor.campaign.Hosting;
import dev.foresail.predictor.campaign.PlayedScenario;
import dev.foresail.predictor.campaign.SavedFailure;
import dev.foresail.predictor.campaign.Scenarios;
import dev.foresail.predictor.campaign.SimulatedSystem;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.campaign.SimulationTrace;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.ResolverSettings.Kind;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.SimulationConfiguration;
import dev.foresail.steering.config.TopologySettings;
import dev.foresail.steering.control.SimulatedSteering;
import dev.foresail.steering.provider.ConfiguredProviders;
import dev.foresail.steering.provider.ProviderException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is simulated, whatever the seed. A verb mixes it in. */
public final class SimulationOptions {
    private static final Logger LOG = LoggerFactory.getLogger(SimulationOptions.class);

    @Option(names = "--nodes", defaultValue = "31", description = "how many nodes (${DEFAULT-VALUE})")
    private int nodes;

    @Option(
            names = "--until",
            paramLabel = "DURATION",
            description = "run so much virtual time; else to the scenario's end")
    private Optional<Duration> until = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "parameters, objectives, resolver (YAML)")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "what happens from outside; else the protocol's own")
    private Optional<String> scenario = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting of the scenario; may be repeated")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--resolver",
            paramLabel = "KIND",
            description = "overrides the configuration: predicted, random, first, round-robin")
    private Optional<String> resolver = Optional.empty();

    @Option(
            names = "--faults",
            paramLabel = "MIX",
            description =
                    "what goes wrong by chance in the first two thirds of the run, instead of the configuration's faults, such as 'crash 2/min for 5s, cut 1/min', "
                            + "or 'swarm': another mix for each seed")
    private Optional<String> faults = Optional.empty();

    @Mixin
    private TopologyOptions topology = new TopologyOptions();

    @Option(
            names = "--links",
            paramLabel = "CLASS",
            description = "how steady links are, over the configuration: wide-area, cloud, unstable")
    private Optional<String> links = Optional.empty();

    @Option(
            names = "--connection-setup",
            description = "the first message over a new connection takes a round trip more, to set it up")
    private boolean connectionSetup;

    @Option(
            names = "--check-every",
            paramLabel = "EVENTS",
            description =
                    "ask the safety properties of the whole system after so many events; else after every event up to "
                            + PropertyWatch.NODES_WATCHED_ALWAYS + " nodes, with more after as many as there are nodes")
    private Optional<Integer> checkEvery = Optional.empty();

    int nodes() {
        return nodes;
    }

    /** @throws ConfigurationException FS200 when a number is below 1 */
    void check() {
        Counts.atLeastOne("--nodes", nodes);
        Counts.atLeastOne("--check-every", checkEvery.orElse(1));
    }

    /** @throws ConfigurationException or {@link CampaignException} when something cannot be */
    <S> SimulationPlan<S> plan(Machine<S> machine, ClassLoader loader, Output output) {
        return plan(machine, configuration(new SimulationConfigurations(machine, loader, output)), loader);
    }

    /** What the nodes are told. */
    SimulationConfiguration configuration(SimulationConfigurations configurations) {
        return configurations.choose(config, resolver.map(SimulationConfigurations::kind));
    }

    /** The plan of nodes that are told this. */
    <S> SimulationPlan<S> plan(Machine<S> machine, SimulationConfiguration configuration, ClassLoader loader) {
        Scenarios scenarios = Scenarios.of(loader);
        Scenario played = scenario.map(scenarios::find)
                .orElseGet(() -> scenarios.ofProtocol(machine.protocol(), calls(configuration)));
        network(configuration).check(nodes);
        SimulationPlan<S> plan = new SimulationPlan<>(
                new SimulatedSystem<>(
                        machine,
                        configuration.parameters(),
                        hosting(machine, configuration, configuration.resolver())
                                .with(connectionSetup),
                        network(configuration)::of),
                nodes,
                new PlayedScenario(
                        played,
                        new TreeMap<>(settings),
                        faults.map(mix -> configuration.faults().instead(mixes(mix)))
                                .orElse(configuration.faults())
                                .of(until.orElseGet(() -> played.duration(nodes))),
                        until),
                checkEvery.map(Integer::longValue).orElseGet(() -> PropertyWatch.defaultEveryEvents(nodes)));
        plan.check();
        return plan;
    }

    /**
     * The same for another machine.
     *
     * @throws ConfigurationException FS200 when a file is too long
     */
    CarriedOptions carried(SimulationConfigurations configurations) {
        CarriedOptions to = new CarriedOptions();
        to.add("--nodes", Integer.toString(nodes));
        until.ifPresent(time -> to.add("--until", time.toNanos() + "ns"));
        config.ifPresentOrElse(
                path -> to.addFile("--config", path),
                () -> configurations
                        .shipped()
                        .ifPresent(
                                text -> to.addFile("--config", "shipped.yaml", text.getBytes(StandardCharsets.UTF_8))));
        scenario.ifPresent(name -> to.add("--scenario", name));
        settings.forEach((key, value) -> to.add("--set", key + "=" + value));
        resolver.ifPresent(kind -> to.add("--resolver", kind));
        faults.ifPresent(mix -> to.add("--faults", mix));
        topology.carry(to);
        links.ifPresent(named -> to.add("--links", named));
        if (connectionSetup) {
            to.add("--connection-setup");
        }
        checkEvery.ifPresent(events -> to.add("--check-every", Integer.toString(events)));
        return to;
    }

    /** What a trace of one of the plan's seeds says of it. */
    SimulationTrace.Origin origin(SimulationPlan<?> plan, ClassLoader loader, Output output) {
        List<String> options = new ArrayList<>();
        config.ifPresent(path -> options.addAll(List.of("--config", path.toString())));
        links.ifPresent(named -> options.addAll(List.of("--links", named)));
        options.addAll(topology.words());
        boolean isConfigured =
                !options.isEmpty() || new SimulationConfigurations(plan.machine(), loader, output).isShipped();
        String kind = resolver.orElse(isConfigured ? "" : Kind.RANDOM.label());
        return SavedFailure.origin(
                plan, faults.orElse(""), new SimulationTrace.Choices(kind, "", Duration.ZERO), options, isConfigured);
    }

    /** The plan of a saved run; of these options those count that its trace names. */
    <S> SimulationPlan<S> plan(SimulationTrace trace, Machine<S> machine, ClassLoader loader, Output output) {
        SimulationTrace.Origin origin = trace.origin();
        SimulationTrace.Choices choices = origin.choices();
        SimulationConfigurations configurations = new SimulationConfigurations(machine, loader, output);
        Optional<Kind> kind = choices.resolver().isEmpty()
                ? Optional.empty()
                : Optional.of(SimulationConfigurations.kind(choices.resolver()));
        SimulationConfiguration configuration = origin.configured()
                ? configurations.choose(config, kind)
                : configurations.none(choices.minimize().isEmpty() ? kind.orElse(Kind.RANDOM) : Kind.RANDOM);
        ResolverSettings resolvers = choices.minimize().isEmpty()
                ? configuration.resolver()
                : ResolverSettings.predicted(Objective.minimize(choices.minimize(), choices.horizon()));
        TopologyOptions.Networks network = network(configuration);
        network.check(trace.nodes());
        Scenario played = Scenarios.of(loader).find(origin, calls(configuration));
        return trace.plan(
                machine,
                hosting(machine, configuration, resolvers),
                network::of,
                played,
                configuration.faults().faults());
    }

    private TopologyOptions.Networks network(SimulationConfiguration configuration) {
        TopologySettings settled =
                links.map(configuration.topology()::withLinks).orElse(configuration.topology());
        TopologyOptions.Networks plain = topology.networks();
        return new TopologyOptions.Networks() {
            @Override
            public void check(int size) {
                settled.check(size);
                plain.check(size);
            }

            @Override
            public Topology of(int size, long seed) {
                return settled.over(plain.of(size, seed), seed);
            }
        };
    }

    private static List<Event.Call> calls(SimulationConfiguration configuration) {
        return configuration.calls().stream()
                .map(call -> new Event.Call(call.name(), call.arguments()))
                .toList();
    }

    private static <S> Hosting<S> hosting(
            Machine<S> machine, SimulationConfiguration configuration, ResolverSettings resolvers) {
        return new Hosting<>(
                configuration.node(),
                ResolverFactory.of(resolvers, machine, LOG::warn),
                parameters -> SimulatedSteering.of(machine, parameters, configuration.steering(), intervention -> {}),
                configuration.failureDetector().silences(),
                false,
                configuration.limits()::of,
                providers(configuration));
    }

    /** As they are when the simulation begins: nothing is read again, so that the same seed gives the same run. */
    private static LinkProviders<NodeId> providers(SimulationConfiguration configuration) {
        ConfiguredProviders providers =
                ConfiguredProviders.readOnce(configuration.providers(), configuration.addresses());
        try {
            providers.readAll(0);
        } catch (ProviderException unreadable) {
            throw new ConfigurationException("FS451", String.valueOf(unreadable.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return providers.providers();
    }

    private static LongFunction<FaultMix> mixes(String mix) {
        try {
            return FaultMix.perSeed(mix);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException("FS406", "--faults: " + wrong.getMessage());
        }
    }
}
