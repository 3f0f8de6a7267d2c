package dev.foresail.predictor.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Appraiser;
import dev.foresail.predictor.fixture.AppraiserMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.reference.ReferenceWorld;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DecisionTextsTest {
    private static final NodeId ONE = NodeId.of(1);

    /** What was known of other nodes at the beginning decides which candidates there are. */
    @Test
    void whatWasChosenIsTakenFromTheCandidatesThatTheNodeHad() {
        ChannelCheckpoint other = new ChannelCheckpoint(0, 0, List.of(), List.of(new Exported(0, List.of(10), 0)));
        SystemModel<Appraiser> model = SystemModel.of(new AppraiserMachine())
                .nodes(1)
                .offer(ONE, "appraise")
                .channels(ONE, Map.of(NodeId.of(2), other))
                .build();
        ReferenceWorld<Appraiser> world = ReferenceWorld.initial(model).get(0);
        Action second = new Action.Handle(ONE, new Event.Call("appraise", List.of()), List.of(1));
        assertEquals(
                List.of(new TraceStep.Decided(1, "appraiser.verdict=silver")), DecisionTexts.of(model, world, second));
    }
}
