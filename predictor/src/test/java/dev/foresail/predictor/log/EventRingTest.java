package dev.foresail.predictor.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Courier;
import dev.foresail.predictor.fixture.CourierMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.RecordingHost;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeObserver;
import dev.foresail.predictor.node.NodeRuntime;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Steering;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a courier has done last is known, whatever became of it, and as long as there is room. */
final class EventRingTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId PEER = NodeId.of(2);
    private static final NodeId THIRD = NodeId.of(3);

    private final RecordingHost host = new RecordingHost();
    private final CourierMachine machine = new CourierMachine();
    private EventRing ring = new EventRing(SELF, machine, 100);
    private NodeRuntime<Courier> node = node();
    private long sequence;

    private NodeRuntime<Courier> node() {
        NodeRuntime<Courier> made = new NodeRuntime<>(
                machine,
                SELF,
                machine.create(List.of()),
                new NodeRuntime.NodeParts<>(
                        host,
                        NodeSettings.DEFAULT.withIsolateFailures(true),
                        new ManualResolver<>(false),
                        Steering.none(),
                        NodeObserver.NONE),
                bound -> 0);
        made.listen(ring);
        return made;
    }

    private void keepAtLeast(int events) {
        ring = new EventRing(SELF, machine, events);
        node = node();
    }

    private void parcel(NodeId... way) {
        node.receive(PEER, new Envelope.Payload(++sequence, 0, new Courier.Parcel(PEER, List.of(way))));
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (LoggedStep step : ring.steps()) {
            lines.addAll(LogText.lines("", new JsonObject(LogText.object(step, 0, EnumSet.allOf(LogLevel.class)))));
        }
        return lines.stream().map(String::strip).toList();
    }

    @Test
    void whatHappenedIsToldInTheWordsOfTraces() throws IOException {
        node.start();
        parcel(THIRD);
        node.call("tire", List.of());
        parcel();
        host.advanceMillis(50);
        assertEquals(
                List.of(
                        "event 1: n1 start (dropped)",
                        "event 2: n1 receives Parcel[sender=n2, way=[n3]] from n2 (by carry)",
                        "sends Parcel[sender=n2, way=[]] to n3",
                        "event 3: n1 call tire[] (by tire)",
                        "event 4: n1 receives Parcel[sender=n2, way=[]] from n2 (by carry)",
                        "sets the timer rest for 0.05 s",
                        "event 5: n1 timer rest (by rested)",
                        "sends Receipt[] to n2",
                        "sets the timer rest for 0.05 s"),
                lines());
    }

    @Test
    void whatNoHandlerTakesWaitsOrFailsIsThereToo() throws IOException {
        node.call("close", List.of(true));
        parcel(THIRD);
        node.receive(PEER, new Envelope.Payload(++sequence, 0, new Courier.Receipt()));
        node.call("close", List.of(false));
        node.call("stumble", List.of());
        parcel();
        List<String> outcomes = ring.steps().stream()
                .map(step -> step.kind() + " " + step.outcome())
                .toList();
        assertEquals(
                List.of(
                        "call close handled",
                        "message Parcel deferred",
                        "message Receipt dropped",
                        "call close handled",
                        "message Parcel handled",
                        "call stumble handled",
                        "message Parcel failed"),
                outcomes);
    }

    @Test
    void theLatestAreKeptAndCountedThrough() {
        for (int number = 1; number <= 1000; number++) {
            parcel(THIRD);
        }
        List<LoggedStep> steps = ring.steps();
        assertTrue(steps.size() >= 100 && steps.size() < 100 + 2 * 64, () -> steps.size() + " events");
        assertEquals(1000, ring.count());
        assertEquals(1000, steps.get(steps.size() - 1).number());
        assertEquals(1001 - steps.size(), steps.get(0).number());
    }

    @Test
    void largeMessagesAreLetGoSooner() {
        keepAtLeast(1_000);
        int frameBytes = 1 << 20;
        for (int number = 1; number <= 500; number++) {
            ring.weighs(frameBytes);
            parcel(THIRD);
        }
        int kept = ring.steps().size();
        assertTrue(kept >= 4 && kept <= EventRing.MOST_BYTES / frameBytes + 2, () -> kept + " events");
        assertEquals(500, ring.count());
    }

    @Test
    void ofAStepThatTellsEverybodyTheFirstMessagesAreKept() {
        node.call("tire", List.of());
        for (int number = 1; number <= 200; number++) {
            parcel();
        }
        host.advanceMillis(50);
        List<LoggedStep> steps = ring.steps();
        Effects told = steps.get(steps.size() - 1).effects();
        assertEquals(Effects.MOST_SENDS, told.sends().size());
        assertEquals(200 - Effects.MOST_SENDS, told.moreSends());
    }

    @Test
    void aLevelTellsNoMoreThanIsAskedFor() {
        parcel(THIRD);
        LoggedStep step = ring.steps().get(0);
        assertEquals(
                "{number=1, atNanos=7, node=1, kind=message Parcel, text=message Parcel from n2, outcome=handled,"
                        + " handler=carry}",
                LogText.object(step, 7, EnumSet.of(LogLevel.EVENT)).toString());
        assertTrue(LogText.isOfInterest(step, EnumSet.of(LogLevel.MESSAGE)));
        assertTrue(!LogText.isOfInterest(step, EnumSet.of(LogLevel.STATE, LogLevel.GENERATED)));
        assertTrue(!LogText.isOfInterest(step, Collections.emptySet()));
    }
}
