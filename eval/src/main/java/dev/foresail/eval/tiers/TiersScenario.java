package dev.foresail.eval.tiers;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Front ends that share some brokers, each with servers of its own: the nodes in the order of their ids are the front ends, the brokers, and
 * servers, which are dealt out in turn. What the servers of a broker do besides is drawn for each broker: jobs of 40 to 800 ms that take 10 to 50 % of
 * their time. Front ends begin to ask when that has gone on for two seconds.
 */
public final class TiersScenario implements Scenario {
    private static final long BEGIN_MILLIS = 2_000;
    private static final int LEAST_JOB_MILLIS = 40;
    private static final int MOST_JOB_MILLIS = 800;
    private static final int LEAST_PERCENT = 10;
    private static final int MOST_PERCENT = 50;

    @Override
    public String name() {
        return "tiers";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("frontEnds", Integer.class, Optional.of("4")),
                new ParameterDescription("brokers", Integer.class, Optional.of("4")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(1);
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        int frontEnds = (Integer) values.get(0);
        int brokers = (Integer) values.get(1);
        List<NodeId> nodes = stage.nodes();
        int servers = nodes.size() - frontEnds - brokers;
        if (frontEnds < 1 || brokers < 1 || servers < brokers) {
            throw new IllegalArgumentException("[FS562] " + frontEnds + " front ends and " + brokers
                    + " brokers leave " + servers + " of " + nodes.size()
                    + " nodes to be servers; each broker needs one");
        }
        nodes.forEach(stage::start);
        List<NodeId> leading = nodes.subList(frontEnds, frontEnds + brokers);
        for (int broker = 0; broker < brokers; broker++) {
            List<NodeId> led = every(nodes.subList(frontEnds + brokers, nodes.size()), broker, brokers);
            stage.call(leading.get(broker), "lead", List.of(led));
            serve(stage, led);
        }
        for (NodeId frontEnd : nodes.subList(0, frontEnds)) {
            Duration first = Duration.ofMillis(BEGIN_MILLIS + between(stage.random(), 0, 250));
            stage.call(frontEnd, "use", List.of(List.copyOf(leading), first));
        }
    }

    private static List<NodeId> every(List<NodeId> all, int first, int step) {
        return IntStream.iterate(first, at -> at < all.size(), at -> at + step)
                .mapToObj(all::get)
                .toList();
    }

    private static void serve(Stage stage, List<NodeId> servers) {
        int jobMillis = between(stage.random(), LEAST_JOB_MILLIS, MOST_JOB_MILLIS);
        int percent = between(stage.random(), LEAST_PERCENT, MOST_PERCENT);
        Duration gap = Duration.ofMillis(jobMillis * 100L / percent);
        servers.forEach(server -> stage.call(server, "serve", List.of(Duration.ofMillis(jobMillis), gap)));
    }

    private static int between(RandomGenerator random, int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
