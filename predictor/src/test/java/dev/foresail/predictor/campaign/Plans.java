package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.fixture.BoxOffice;
import dev.foresail.predictor.fixture.Hearing;
import dev.foresail.predictor.fixture.Jury;
import dev.foresail.predictor.fixture.JuryMachine;
import dev.foresail.predictor.fixture.Tickets;
import dev.foresail.predictor.fixture.TicketsMachine;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.ResolverFactory;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Plans for tests. */
final class Plans {
    static final String MIX = "crash 6/min for 1s, pause 6/min, cut 6/min";

    private Plans() {}

    static SimulationPlan<Tickets> tickets(int nodes, String faults) {
        return of(new TicketsMachine(), new BoxOffice(), nodes, faults);
    }

    /** A hearing where everybody chooses at random. */
    static SimulationPlan<Jury> jury(int nodes, String faults) {
        return of(
                new JuryMachine(), ResolverSettings.policy(ResolverSettings.Kind.RANDOM), new Hearing(), nodes, faults);
    }

    static <S> SimulationPlan<S> of(Machine<S> machine, Scenario scenario, int nodes, String faults) {
        return of(machine, ResolverSettings.policy(ResolverSettings.Kind.FIRST), scenario, nodes, faults);
    }

    static <S> SimulationPlan<S> of(
            Machine<S> machine, ResolverSettings resolver, Scenario scenario, int nodes, String faults) {
        return new SimulationPlan<>(
                new SimulatedSystem<>(
                        machine, new TreeMap<>(), hosting(machine, resolver), SyntheticWideArea::generate),
                nodes,
                new PlayedScenario(
                        scenario,
                        new TreeMap<>(),
                        faults.isEmpty() ? FaultPhase.NONE : new FaultPhase(FaultMix.perSeed(faults)),
                        Optional.empty()),
                1);
    }

    static <S> Hosting<S> hosting(Machine<S> machine) {
        return hosting(machine, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    }

    static <S> Hosting<S> hosting(Machine<S> machine, ResolverSettings resolver) {
        return Hosting.of(ResolverFactory.of(resolver, machine));
    }

    /** The first seed that violates something. */
    static long failing(SimulationPlan<?> plan) {
        return LongStream.rangeClosed(1, 30)
                .filter(seed -> new SeedRun<>(plan, seed).play().isViolated())
                .findFirst()
                .orElseThrow();
    }
}
