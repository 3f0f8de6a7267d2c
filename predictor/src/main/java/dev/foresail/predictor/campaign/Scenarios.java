package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.StartAll;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.predictor.trace.TraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The scenarios on a class path. Immutable. */
public final class Scenarios {
    private final List<Scenario> scenarios;

    public Scenarios(List<Scenario> scenarios) {
        this.scenarios = List.copyOf(scenarios);
    }

    /** @throws CampaignException FS223 when one of them cannot be loaded */
    public static Scenarios of(ClassLoader loader) {
        List<Scenario> scenarios = new ArrayList<>();
        try {
            ServiceLoader.load(Scenario.class, loader).forEach(scenarios::add);
        } catch (ServiceConfigurationError broken) {
            throw new CampaignException(
                    "FS223", "a scenario on the class path cannot be loaded: " + broken.getMessage());
        }
        return new Scenarios(scenarios);
    }

    public List<String> names() {
        return scenarios.stream().map(Scenario::name).sorted().toList();
    }

    /** The scenario of that name or class. */
    public Optional<Scenario> lookUp(String name) {
        return scenarios.stream()
                .filter(scenario -> scenario.name().equals(name)
                        || scenario.getClass().getName().equals(name))
                .findFirst();
    }

    /** @throws CampaignException FS224 when there is none */
    public Scenario find(String name) {
        return lookUp(name)
                .orElseThrow(() -> new CampaignException(
                        "FS224", "no scenario is named '" + name + "'" + Nearest.hint(name, names())));
    }

    /**
     * The scenario of a saved run.
     *
     * @param calls that each node gets where it is {@link StartAll}
     * @throws TraceException FS256 when it is not there
     */
    public Scenario find(SimulationTrace.Origin origin, List<Event.Call> calls) {
        if (origin.scenarioType().equals(StartAll.class.getName())) {
            return new StartAll(calls);
        }
        return lookUp(origin.scenarioType())
                .or(() -> lookUp(origin.scenario()))
                .orElseThrow(() -> new TraceException(
                        "FS256",
                        "the trace was made with the scenario " + origin.scenarioType()
                                + ", which no META-INF/services on the class path names"
                                + Nearest.hint(origin.scenario(), names())));
    }

    /** The protocol's own scenario, which is named like it; else all its nodes start, and each gets these calls. */
    public Scenario ofProtocol(String protocol, List<Event.Call> calls) {
        return lookUp(protocol).orElseGet(() -> new StartAll(calls));
    }

    /**
     * The values of a scenario's parameters.
     *
     * @param settings texts by the names of the settings
     * @throws CampaignException FS225 when a key is unknown or a value does not fit
     */
    public static List<Object> values(Scenario scenario, Map<String, String> settings) {
        return values(scenario.name(), scenario.parameters(), settings);
    }

    /** As above, of a scenario of any kind. */
    public static List<Object> values(
            String scenario, List<ParameterDescription> parameters, Map<String, String> settings) {
        List<String> names = parameters.stream().map(ParameterDescription::name).toList();
        for (String key : settings.keySet()) {
            if (!names.contains(key)) {
                throw new CampaignException(
                        "FS225",
                        "the scenario " + scenario + " has no setting '" + key + "'" + Nearest.hint(key, names));
            }
        }
        try {
            return ParameterValues.read(parameters, settings);
        } catch (IllegalArgumentException wrong) {
            throw new CampaignException("FS225", "--set: " + wrong.getMessage());
        }
    }
}
