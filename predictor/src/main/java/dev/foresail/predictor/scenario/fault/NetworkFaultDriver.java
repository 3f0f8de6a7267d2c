package dev.foresail.predictor.scenario.fault;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.FaultMix.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes faults of the network happen that only simulations have, to nodes and as badly as is drawn. On the stage's thread. */
final class NetworkFaultDriver {
    static final Set<FaultKind> KINDS =
            Collections.unmodifiableSet(EnumSet.range(FaultKind.ONE_WAY_CUT, FaultKind.UNORDERED));

    private static final double LEAST_RATE = 0.05;
    private static final double MOST_RATE = 0.5;
    private static final double LEAST_FACTOR = 2;
    private static final double MOST_FACTOR = 10;

    private final Stage stage;
    private final RandomGenerator random;

    NetworkFaultDriver(Stage stage, RandomGenerator random) {
        this.stage = stage;
        this.random = random;
    }

    /**
     * Makes one happen.
     *
     * @param one a node that is up
     * @param others the other nodes that are up, at least one
     */
    void happen(Fault fault, NodeId one, List<NodeId> others) {
        Duration lasting = fault.lasting();
        NodeId other = others.get(random.nextInt(others.size()));
        switch (fault.kind()) {
            case ONE_WAY_CUT -> stage.cutOneWay(one, other, lasting);
            case ONE_WAY_PARTITION -> partition(lasting);
            case CLOG -> stage.clog(one, lasting);
            case SWIZZLE_CLOG -> stage.swizzleClog(stage.nodes(), lasting, random);
            case DELAY_SPIKE ->
                stage.delaySpike(one, other, between(LEAST_FACTOR, MOST_FACTOR), Duration.ZERO, lasting);
            case LOSS -> stage.loss(one, other, between(LEAST_RATE, MOST_RATE), lasting);
            case DUPLICATING -> stage.duplicating(one, other, between(LEAST_RATE, MOST_RATE), lasting);
            case UNORDERED -> stage.unordered(one, other, between(LEAST_RATE, MOST_RATE), lasting);
            default -> throw new IllegalArgumentException(fault.kind() + " is none of the network alone");
        }
    }

    private double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    private void partition(Duration lasting) {
        List<List<NodeId>> groups = FaultDriver.groups(stage, random);
        boolean isOutwards = random.nextBoolean();
        stage.partitionOneWay(groups.get(isOutwards ? 0 : 1), groups.get(isOutwards ? 1 : 0), lasting);
    }
}
