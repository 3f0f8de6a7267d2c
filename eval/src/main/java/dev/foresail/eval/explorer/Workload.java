package dev.foresail.eval.explorer;

import dev.foresail.eval.consensus.PaxosSetsMachine;
import dev.foresail.eval.consensus.PaxosSetsScenario;
import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.eval.macetree.MaceRandTreeMachine;
import dev.foresail.eval.macetree.MaceTreeScenario;
import dev.foresail.eval.register.paxos.PaxosRegisterMachine;
import dev.foresail.eval.register.paxos.PaxosRegisterScenario;
import dev.foresail.eval.twophase.TwoPhaseMachine;
import dev.foresail.eval.twophase.TwoPhaseScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchSettings;
import java.util.List;
import java.util.Map;

/** A search whose speed is taken. */
record Workload(String name, SystemModel<?> model, SearchSettings settings) {
    private static final int BALLAST = 8;

    static Workload twoPhase(int resourceManagers) {
        return new Workload("twophase rms=" + resourceManagers, twoPhase(resourceManagers, 0), SearchSettings.DEFAULT);
    }

    /** The same worlds with nodes of a real size. */
    static Workload heavyTwoPhase(int resourceManagers) {
        return new Workload(
                "twophase rms=" + resourceManagers + " ballast=" + BALLAST,
                twoPhase(resourceManagers, BALLAST),
                SearchSettings.DEFAULT);
    }

    private static SystemModel<?> twoPhase(int resourceManagers, int ballast) {
        return Explorations.model(
                new TwoPhaseMachine(),
                new TwoPhaseScenario(),
                Map.of("rms", Integer.toString(resourceManagers), "ballast", Integer.toString(ballast)));
    }

    /** Protocols of other shapes: a tree that fails, clients with a history, one node with a large state. */
    static List<Workload> others(boolean quick) {
        int depth = quick ? 6 : 11;
        int ballots = quick ? 1 : 3;
        return List.of(
                new Workload(
                        "mace-randtree star-below to depth " + depth,
                        Explorations.model(
                                new MaceRandTreeMachine(),
                                new MaceTreeScenario(),
                                Map.of("snapshot", "star-below", "bug", "RT-1,RT-2,RT-3")),
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
