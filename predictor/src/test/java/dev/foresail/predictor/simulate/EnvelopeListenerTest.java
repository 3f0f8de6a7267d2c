package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.node.Envelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes 20 ms apart. */
class EnvelopeListenerTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Simulation<Diary> stage = Diarists.started();
    private final List<String> followed = new ArrayList<>();

    private void follow() {
        stage.onSent((from, to, envelope) -> {
            Diary.Line line = (Diary.Line) ((Envelope.Payload) envelope).message();
            String what = line.number() + " from " + from + " to " + to;
            followed.add("sent " + what);
            return () -> followed.add("delivered " + what + ", read "
                    + ((Diary) stage.state(to).orElseThrow()).entries().contains(from + ":" + line.number()));
        });
    }

    private void write(NodeId from, NodeId to, long number) {
        stage.call(from, "write", List.of(to, number));
    }

    @Test
    void whatIsSentIsFollowedToWhereItArrives() {
        follow();
        write(ONE, TWO, 1);
        assertEquals(List.of("sent 1 from n1 to n2"), followed);
        stage.runUntil(Duration.ofMillis(15));
        write(TWO, ONE, 2);
        stage.runUntil(Duration.ofMillis(100));
        assertEquals(
                List.of(
                        "sent 1 from n1 to n2",
                        "sent 2 from n2 to n1",
                        "delivered 1 from n1 to n2, read false",
                        "delivered 2 from n2 to n1, read false"),
                followed,
                "the receiver has not taken it yet");
    }

    @Test
    void whatIsLostIsNeverDelivered() {
        follow();
        stage.cut(ONE, TWO, Duration.ofSeconds(1));
        write(ONE, TWO, 1);
        stage.runUntil(Duration.ofSeconds(5));
        assertEquals(List.of("sent 1 from n1 to n2"), followed);
    }

    @Test
    void whatWaitsForTheEndOfAPauseIsDeliveredThen() {
        follow();
        write(ONE, TWO, 1);
        stage.pause(TWO, Duration.ofSeconds(1));
        stage.runUntil(Duration.ofMillis(900));
        assertEquals(1, followed.size());
        stage.runUntil(Duration.ofMillis(1_100));
        assertEquals(2, followed.size());
    }
}
