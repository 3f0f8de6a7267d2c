package dev.foresail.eval.explorer;

import dev.foresail.eval.consensus.PaxosSetsMachine;
import dev.foresail.eval.consensus.PaxosSetsScenario;
import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.eval.macetree.MaceRandTreeMachine;
import dev.foresail.eval.macetree.MaceTreeScenario;
import dev.foresail.eval.register.paxos.PaxosRegisterMachine;
import dev.foresail.eval.register.paxos.PaxosRegisterScenario;
import dev.foresail.eval.twophase.HeavyTwoPhaseMachine;
import dev.foresail.eval.twophase.HeavyTwoPhaseScenario;
import dev.foresail.eval.twophase.TwoPhaseMachine;
import dev.foresail.eval.twophase.TwoPhaseScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchSettings;
import java.util.List;
import java.util.Map;

/** A search whose speed is taken. */
record Workload(String name, SystemModel<?> model, SearchSettings settings) {
    static Workload twoPhase(int resourceManagers) {
        return new Workload(
                "twophase rms=" + resourceManagers,
                Explorations.model(new TwoPhaseMachine(), new TwoPhaseScenario(), rms(resourceManagers)),
                SearchSettings.DEFAULT);
    }

    static Workload heavyTwoPhase(int resourceManagers) {
        return new Workload(
                "twophase-heavy rms=" + resourceManagers,
                Explorations.model(new HeavyTwoPhaseMachine(), new HeavyTwoPhaseScenario(), rms(resourceManagers)),
                SearchSettings.DEFAULT);
    }

    private static Map<String, String> rms(int resourceManagers) {
        return Map.of("rms", Integer.toString(resourceManagers));
    }

    /** Protocols of other shapes: a tree that fails, clients with a history, one node with a large state. */
    static List<Workload> others(boolean quick) {
        int depth = quick ? 6 : 11;
        int ballots = quick ? 1 : 3;
        return List.of(
                new Workload(
                        "mace-randtree star-below to depth " + depth,
                        Explorations.model(
                                new MaceRandTreeMachine(), new MaceTreeScenario(), Map.of("snapshot", "star-below")),
                        SearchSettings.DEFAULT.beyondViolations().withMaxDepth(depth)),
                new Workload(
                        "register-paxos clients=2",
                        Explorations.model(
                                new PaxosRegisterMachine(), new PaxosRegisterScenario(), Map.of("clients", "2")),
                        SearchSettings.DEFAULT),
                new Workload(
                        "paxos-sets ballots=" + ballots,
                        Explorations.model(
                                new PaxosSetsMachine(),
                                new PaxosSetsScenario(),
                                Map.of("ballots", Integer.toString(ballots))),
                        SearchSettings.DEFAULT));
    }
}
