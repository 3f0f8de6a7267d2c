package dev.foresail.eval.microraft;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkClass;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.FaultDriver;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** One simulation of a deployment, with all nodes started. On one thread. */
final class RaftTrial {
    private static final FaultMix FAULTS = FaultMix.parse("crash 6/min for 2s, cut 6/min for 3s, pause 6/min for 1s");
    private static final double POWER_FAILURES_PER_SECOND = 0.1;

    private final Deployment deployment;
    private final long seed;
    private final Simulation<Member> simulation;

    /** On one worker. */
    RaftTrial(Deployment deployment, long seed) {
        this(deployment, seed, 1, Runnable::run);
    }

    /**
     * Links of a cloud, without loss: the deployment's is drawn for each message, as MicroRaft needs no TCP below it. Each group is in a
     * data centre of its own, so that several workers can go far ahead without each other.
     *
     * @param mostWorkers as many as there are, if the groups can be shared out evenly, else fewer
     * @param executor runs the workers but one
     */
    RaftTrial(Deployment deployment, long seed, int mostWorkers, Executor executor) {
        this.deployment = deployment;
        this.seed = seed;
        RaftMachine machine = new RaftMachine();
        int nodes = deployment.nodes().size();
        this.simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(deployment),
                        deployment.nodes(),
                        LinkClass.CLOUD.over(new DataCentres(nodes, deployment.groupSize()), seed),
                        seed,
                        seed,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine));
        int workers = Math.min(mostWorkers, Simulation.MOST_WORKERS);
        while (simulation.useWorkers(workers, executor).isPresent()) {
            workers--;
        }
        simulation.nodes().forEach(simulation::start);
    }

    /** From now on the promises are asked after every event; without this the judges notice all the same, but nobody is told when. */
    PropertyWatch<Member> watch() {
        PropertyWatch<Member> watch = new PropertyWatch<>(simulation, 1);
        simulation.onHandled(watch);
        return watch;
    }

    /** Lets things go wrong by chance: single nodes crash or pause, links are cut, and now and then all members of a group lose power. */
    void addFaults(Duration until) {
        new FaultDriver(simulation, until, node -> {}).play(FAULTS, seed);
        powerFailure(RandomStream.of(seed, "power"), until);
    }

    private void powerFailure(RandomStream random, Duration until) {
        double seconds = -StrictMath.log(1 - random.nextDouble()) / POWER_FAILURES_PER_SECOND;
        Duration time = simulation.now().plusNanos((long) (seconds * 1e9));
        List<NodeId> group = deployment.membersWith(
                simulation.nodes().get(random.nextInt(deployment.nodes().size())));
        if (time.plus(PowerFailure.DARK_FOR).compareTo(until) < 0) {
            PowerFailure.at(time, group, simulation);
            simulation.at(time, () -> powerFailure(random, until));
        }
    }

    Stage stage() {
        return simulation;
    }

    void runUntil(Duration time) {
        simulation.runUntil(time);
    }

    /** How many there are. */
    int workers() {
        return simulation.workers();
    }

    String digest() {
        return simulation.digest();
    }

    /** How many events the nodes have handled. */
    long events() {
        return simulation.events();
    }

    /** How many operations the clients have asked for. */
    long proposals() {
        return deployment.judges().stream().mapToLong(GroupJudge::proposals).sum();
    }

    /** Of how many the clients were told that they are in the log for good. */
    long acknowledgements() {
        return deployment.judges().stream()
                .mapToLong(GroupJudge::acknowledgements)
                .sum();
    }

    /** What is wrong, for people: promises that were broken, in each group in the order in which that happened, and handlers that threw. */
    List<String> mistakes() {
        return Stream.concat(
                        deployment.judges().stream().flatMap(judge -> judge.mistakes().stream()),
                        simulation.failures().stream())
                .toList();
    }
}
