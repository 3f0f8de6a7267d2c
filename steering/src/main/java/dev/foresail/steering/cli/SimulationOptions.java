package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.campaign.CampaignException;
import dev.foresail.predictor.campaign.Hosting;
import dev.foresail.predictor.campaign.PlayedScenario;
import dev.foresail.predictor.campaign.Scenarios;
import dev.foresail.predictor.campaign.SimulatedSystem;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.SimulationConfiguration;
import dev.foresail.steering.config.TopologySettings;
import dev.foresail.steering.control.SimulatedSteering;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
                    "what goes wrong by chance in the first two thirds of the run, such as 'crash 2/min for 5s, cut 1/min', "
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
            names = "--check-every",
            paramLabel = "EVENTS",
            description =
                    "ask the safety properties of several nodes after so many events; else after every event up to "
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
        SimulationConfiguration configuration = new SimulationConfigurations(machine, loader, output)
                .choose(config, resolver.map(SimulationConfigurations::kind));
        Scenarios scenarios = Scenarios.of(loader);
        Scenario played = scenario.map(scenarios::find)
                .orElseGet(() -> scenarios.ofProtocol(
                        machine.protocol(),
                        configuration.calls().stream()
                                .map(call -> new Event.Call(call.name(), call.arguments()))
                                .toList()));
        TopologySettings network =
                links.map(configuration.topology()::withLinks).orElse(configuration.topology());
        network.check(nodes);
        TopologyOptions.Networks plain = topology.networks();
        plain.check(nodes);
        SimulationPlan<S> plan = new SimulationPlan<>(
                new SimulatedSystem<>(
                        machine,
                        configuration.parameters(),
                        hosting(machine, configuration),
                        (size, seed) -> network.over(plain.of(size, seed), seed)),
                nodes,
                new PlayedScenario(
                        played, settings, faults.map(SimulationOptions::phase).orElse(FaultPhase.NONE), until),
                checkEvery.map(Integer::longValue).orElseGet(() -> PropertyWatch.defaultEveryEvents(nodes)));
        plan.check();
        return plan;
    }

    private static <S> Hosting<S> hosting(Machine<S> machine, SimulationConfiguration configuration) {
        return new Hosting<>(
                configuration.node(),
                ResolverFactory.of(configuration.resolver(), machine, LOG::warn),
                parameters -> SimulatedSteering.of(machine, parameters, configuration.steering(), intervention -> {}),
                configuration.failureDetector().silences());
    }

    private static FaultPhase phase(String mix) {
        try {
            return new FaultPhase(FaultMix.perSeed(mix));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException("FS406", "--faults: " + wrong.getMessage());
        }
    }
}
