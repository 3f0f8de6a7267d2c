package dev.foresail.eval.overhead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.eval.experiment.Nowhere;
import dev.foresail.predictor.log.EventRing;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeObserver;
import dev.foresail.predictor.node.NodeRuntime;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.resolve.PredictionExecutor;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.Resolvers;
import dev.foresail.steering.control.SimulatedSteering;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.control.SteeringSettings;
import java.util.List;
import java.util.Map;

/** A node that plays {@link Rally} with a peer that is not there, one message after the other. Not thread-safe. */
public final class RallyMessages {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId PEER = NodeId.of(2);

    private final RallyMachine machine = new RallyMachine();
    private final List<Object> parameters = ParameterValues.read(machine.parameters(), Map.of());
    private final Nowhere nowhere = new Nowhere();
    private final NodeRuntime<Rally> node;
    private long sequence;

    public RallyMessages(SteeringMode mode) {
        this(mode, 0);
    }

    /** @param keptEvents how many of its latest events the node keeps; 0: none */
    public RallyMessages(SteeringMode mode, int keptEvents) {
        node = new NodeRuntime<>(
                machine,
                SELF,
                machine.create(parameters),
                new NodeRuntime.NodeParts<>(
                        nowhere, NodeSettings.DEFAULT, resolver(), steering(mode), NodeObserver.NONE),
                bound -> 0);
        if (keptEvents > 0) {
            node.listen(new EventRing(SELF, machine, keptEvents));
        }
        node.start();
        node.call("play", List.of(PEER));
    }

    private Resolver<Rally> resolver() {
        return Resolvers.create(
                ResolverSettings.policy(ResolverSettings.Kind.FIRST),
                machine,
                new Resolvers.Surroundings((from, to, random) -> 0, PredictionExecutor.AT_ONCE),
                () -> 0,
                1);
    }

    private Steering<Rally> steering(SteeringMode mode) {
        SteeringSettings settings = SteeringSettings.DEFAULT.with(mode);
        return SimulatedSteering.of(machine, parameters, settings, intervention -> {})
                .create(SELF, PredictionExecutor.AT_ONCE);
    }

    /**
     * The peer's next message: every second one is a serve.
     *
     * @return how many the node has sent so far
     */
    public long receive() {
        sequence++;
        Object message = sequence % 2 == 0 ? new Rally.Serve(sequence, "") : new Rally.Return(sequence, "");
        node.receive(PEER, new Envelope.Payload(sequence, 0, message));
        return nowhere.sent();
    }
}
