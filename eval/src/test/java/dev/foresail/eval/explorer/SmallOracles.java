package dev.foresail.eval.explorer;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchReport.Outcome;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@link SmallModels} with the distinct worlds that Stateright's own tests assert; transitions and depth are counted by
 * hand.
 */
final class SmallOracles {
    private static final NodeId ONLY = NodeId.of(1);

    private SmallOracles() {}

    static Stream<Oracle> all() {
        return Stream.of(
                Oracle.holds("two bytes", twoBytes(), 256 * 256, 2 * 256 * 256, 255 + 255),
                new Oracle("increment, two threads", increment(), Outcome.VIOLATED, 13, 14, 4),
                Oracle.holds("overlapping choices", overlappingChoices(), 9, 8, 3),
                Oracle.holds(
                        "one choice of three",
                        SystemModel.of(new SmallModels_OneChoiceMachine())
                                .nodes(1)
                                .build(),
                        4,
                        3,
                        1),
                Oracle.holds(
                        "a timer, once",
                        SystemModel.of(new SmallModels_TimerOnceMachine())
                                .nodes(1)
                                .build(),
                        2,
                        1,
                        1),
                Oracle.holds(
                        "a message to nobody",
                        SystemModel.of(new SmallModels_WritesToNobodyMachine())
                                .nodes(1)
                                .build(),
                        1,
                        0,
                        0),
                Oracle.holds("ignored stays, duplicating", selective(Network.DUPLICATING), 2, 2, 1),
                Oracle.holds("ignored stays, unordered", selective(Network.UNORDERED), 2, 1, 1),
                Oracle.holds("ignored goes, ordered", selective(Network.ORDERED), 3, 2, 2),
                Oracle.holds("one of three idle nodes may be down", oneDown(), 4, 6, 1),
                Oracle.holds("ping-pong to 1, lossy", lossyPingPong(1), 14, 17 + 3, 2 + 3),
                Oracle.holds("ping-pong to 5, lossy", lossyPingPong(5), 4_094, 20_481 + 1_023, 10 + 11),
                Oracle.holds("ping-pong to 5, duplicating", pingPong(Network.DUPLICATING, 5), 11, 10, 10),
                Oracle.holds("ping-pong to 5, unordered", pingPong(Network.UNORDERED, 5), 11, 10, 10));
    }

    private static SystemModel<?> twoBytes() {
        return SystemModel.of(new SmallModels_TwoBytesMachine())
                .nodes(1)
                .offer(ONLY, "increaseX")
                .offer(ONLY, "increaseY")
                .build();
    }

    private static SystemModel<?> increment() {
        SystemModel.Builder<?> model =
                SystemModel.of(new SmallModels_IncrementMachine()).nodes(1);
        for (int thread = 1; thread <= 2; thread++) {
            model.offer(ONLY, "read", thread).offer(ONLY, "write", thread);
        }
        return model.build();
    }

    private static SystemModel<?> overlappingChoices() {
        return SystemModel.of(new SmallModels_OverlappingChoicesMachine())
                .nodes(1)
                .offer(ONLY, "first")
                .offer(ONLY, "second")
                .build();
    }

    private static SystemModel<?> selective(Network network) {
        SystemModel.Builder<?> model =
                SystemModel.of(new SmallModels_SelectiveMachine()).nodes(2).network(network);
        return network == Network.ORDERED
                ? model.build()
                : model.unhandledStaysPending().build();
    }

    private static SystemModel<?> oneDown() {
        return SystemModel.of(new SmallModels_IdleMachine())
                .nodes(3)
                .network(Network.UNORDERED)
                .failures(Failures.NONE
                        .withCrashes(Failures.UNLIMITED)
                        .withMostDown(1)
                        .withRestarts())
                .build();
    }

    private static SystemModel<?> lossyPingPong(int most) {
        return pingPongTo(most)
                .network(Network.DUPLICATING)
                .history(new LastDelivered(), Map.of())
                .failures(Failures.NONE.withLosses(Failures.UNLIMITED))
                .build();
    }

    private static SystemModel<?> pingPong(Network network, int most) {
        SystemModel.Builder<?> model = pingPongTo(most).network(network);
        return network == Network.DUPLICATING
                ? model.history(new LastDelivered(), Map.of()).build()
                : model.build();
    }

    private static SystemModel.Builder<SmallModels.PingPong> pingPongTo(int most) {
        return SystemModel.of(new SmallModels_PingPongMachine())
                .nodes(2)
                .unhandledStaysPending()
                .constraint(system -> system.all(each -> each.count <= most));
    }
}
