package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.node.Envelope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SentBytesTest {
    @Test
    void bytesAreCountedByKindOfEnvelope() {
        SentBytes bytes = new SentBytes();
        assertEquals(Map.of(), bytes.byKind());
        bytes.add(new Envelope.Payload(1, 0, "message"), 30);
        bytes.add(new Envelope.Payload(2, 0, "message"), 31);
        bytes.add(new Envelope.CheckpointRequest(7), 6);
        bytes.add(new Envelope.AggregateExport(2, List.of()), 9);
        bytes.add(new Envelope.CheckpointRequest(8), 6);
        assertEquals(Map.of("Payload", 61L, "CheckpointRequest", 12L, "AggregateExport", 9L), bytes.byKind());
        assertEquals(73, bytes.of(Envelope.Payload.class, Envelope.CheckpointRequest.class, Envelope.Subscribe.class));
    }
}
