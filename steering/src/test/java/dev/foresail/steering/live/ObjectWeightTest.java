package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.fixture.Courier;
import dev.foresail.steering.fixture.CourierMachine;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is in no frame weighs about what it would there. */
final class ObjectWeightTest {
    private final ObjectWeight<Courier> weight = new ObjectWeight<>(new CourierMachine());

    @Test
    void largeMessagesAndCallsWeighMoreThanSmallOnes() {
        NodeId one = NodeId.of(1);
        List<NodeId> far = Collections.nCopies(100_000, one);
        int small = weight.ofMessage(new Courier.Parcel(one, List.of()));
        assertTrue(small > 0 && small < 20, () -> small + " bytes");
        assertTrue(weight.ofMessage(new Courier.Parcel(one, far)) >= far.size());
        assertEquals(small, weight.ofMessage(new Courier.Parcel(one, List.of())), "each is weighed alone");
        assertTrue(weight.ofCall("dispatch", List.of(far)) >= far.size());
        assertTrue(weight.ofCall("dispatch", List.of(List.of(one))) < 20);
    }

    @Test
    void whatCannotBeWrittenWeighsSomething() {
        assertEquals(ObjectWeight.UNKNOWN_BYTES, weight.ofCall("dispatch", List.of("nowhere")));
        assertEquals(ObjectWeight.UNKNOWN_BYTES, weight.ofCall("unknown", List.of()));
    }
}
