package dev.foresail.predictor.path;

import static dev.foresail.predictor.path.Couriers.DELIVERY;
import static dev.foresail.predictor.path.Couriers.ONE;
import static dev.foresail.predictor.path.Couriers.THREE;
import static dev.foresail.predictor.path.Couriers.TWO;
import static dev.foresail.predictor.path.Couriers.story;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.scenario.LinkFault;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What follows from a declared event is on its path, whatever happens to it on the way. */
final class PathRecorderTest {
    private final Couriers couriers = Couriers.followed();

    private CausalPath only() {
        assertEquals(1, couriers.paths().size(), () -> couriers.log.hops().toString());
        return couriers.paths().get(0);
    }

    @Test
    void aPathLeadsFromItsFirstEventToItsEnd() {
        couriers.dispatch(ONE, TWO, THREE);
        couriers.until(1_000);
        CausalPath path = only();
        assertEquals("n1.1.1", path.id().toString());
        assertEquals(
                List.of("n1 call dispatch 0", "n2 message Parcel 20", "n3 message Parcel 20", "n1 message Receipt 20"),
                story(path));
        assertEquals(new TreeSet<>(List.of(ONE, TWO, THREE)), path.nodes());
        assertEquals(60_000_000, path.durationNanos());
        assertTrue(path.end().isPresent());
        PathHop second = path.effects(path.first().orElseThrow()).get(0);
        assertEquals(TWO, second.node());
        assertEquals(Optional.of(ONE), second.from());
    }

    @Test
    void whatAnotherNodesHandlerHasCausedNobodySends() {
        List<PathHop> hops = new ArrayList<>();
        PathRecorder recorder = new PathRecorder(ONE, 1, List.of(DELIVERY), () -> 5, hops::add);
        for (NodeId cause : List.of(THREE, TWO)) {
            Event event = new Event.Delivery(TWO, "a parcel of " + cause);
            HopId hop = new HopId(cause, 1, 1);
            recorder.came(event, new PathTag(DELIVERY.name(), hop, hop, 0, 1, 3));
            recorder.handled(event);
            recorder.completed(event);
        }
        assertEquals(List.of(TWO), hops.stream().map(hop -> hop.path().node()).toList());
    }

    @Test
    void pathsSideBySideAreToldApart() {
        couriers.dispatch(ONE, TWO);
        couriers.dispatch(ONE, THREE);
        couriers.dispatch(TWO, THREE, THREE);
        couriers.until(1_000);
        assertEquals(
                List.of("n1.1.1", "n1.1.2", "n2.1.1"),
                couriers.paths().stream().map(path -> path.id().toString()).toList());
        assertEquals(
                List.of(3, 3, 4),
                couriers.paths().stream().map(path -> path.hops().size()).toList());
    }

    @Test
    void whatIsNotDeclaredIsOnNoPath() {
        couriers.tell(TWO, "tire");
        couriers.stage.call(TWO, "close", List.of(false));
        couriers.until(1_000);
        assertEquals(List.of(), couriers.log.hops());
    }

    @Test
    void aMessageThatIsLostIsKnownToTheOneThatSentIt() {
        couriers.stage.disturb(TWO, THREE, new LinkFault.Loss(1), Duration.ofSeconds(1));
        couriers.dispatch(ONE, TWO, THREE);
        couriers.until(5_000);
        CausalPath path = only();
        assertEquals(List.of("n1 call dispatch 0", "n2 message Parcel 20"), story(path));
        assertEquals(
                List.of(new PathHop.Sent(0, THREE, "message Parcel")),
                path.unhandled(path.hops().get(1)));
        assertTrue(path.end().isEmpty());
    }

    @Test
    void aMessageThatComesTwiceIsHandledTwiceOnTheSamePath() {
        couriers.stage.disturb(ONE, TWO, new LinkFault.Duplicating(1), Duration.ofSeconds(1));
        couriers.dispatch(ONE, TWO);
        couriers.until(5_000);
        CausalPath path = only();
        List<PathHop> twice = path.effects(path.first().orElseThrow());
        assertEquals(2, twice.size(), () -> story(path).toString());
        assertEquals(twice.get(0).cause(), twice.get(1).cause());
        assertEquals(5, path.hops().size(), "each has sent a receipt");
    }

    @Test
    void aNodeThatStartsAgainGivesOtherNames() {
        couriers.dispatch(ONE, TWO, THREE);
        couriers.until(25);
        couriers.stage.crash(THREE, Duration.ZERO);
        couriers.until(1_000);
        couriers.stage.restart(THREE);
        couriers.dispatch(THREE, ONE);
        couriers.until(2_000);
        List<CausalPath> paths = couriers.paths();
        assertEquals("n3.2.1", paths.get(1).id().toString());
        assertEquals(List.of("n1 call dispatch 0", "n2 message Parcel 20"), story(paths.get(0)));
        assertTrue(paths.get(1).end().isPresent());
    }

    @Test
    void aTimerCarriesThePathButNotForEver() {
        couriers.tell(TWO, "tire");
        couriers.dispatch(ONE, TWO, THREE);
        couriers.until(60_000);
        assertEquals(
                List.of(
                        "n1 call dispatch 0",
                        "n2 message Parcel 20",
                        "n2 timer rest 50",
                        "n3 message Parcel 20",
                        "n1 message Receipt 20"),
                story(only()),
                "the timer has gone off a thousand times since");
    }

    @Test
    void aMessageThatWaitsForItsHandlerStaysOnThePath() {
        couriers.stage.call(TWO, "close", List.of(true));
        couriers.dispatch(ONE, TWO);
        couriers.until(300);
        couriers.stage.call(TWO, "close", List.of(false));
        couriers.until(1_000);
        CausalPath path = only();
        assertEquals(List.of("n1 call dispatch 0", "n2 message Parcel 300", "n1 message Receipt 20"), story(path));
        assertEquals(20_000_000, path.hops().get(1).receivedNanos());
    }

    @Test
    void anEndThatNobodyHandlesIsNone() {
        couriers.dispatch(ONE, TWO);
        couriers.stage.call(ONE, "close", List.of(true));
        couriers.until(1_000);
        assertEquals(
                List.of("n1 call dispatch 0", "n2 message Parcel 20", "n1 message Receipt 20 dropped"), story(only()));
        assertTrue(only().end().isEmpty());
    }

    @Test
    void aHandlerThatThrowsIsTheLastOfItsBranch() {
        couriers.tell(TWO, "stumble");
        couriers.dispatch(ONE, TWO, THREE);
        couriers.until(1_000);
        assertEquals(List.of("n1 call dispatch 0", "n2 message Parcel 20 failed"), story(only()));
    }

    @Test
    void aPathIsNotFollowedForEver() {
        DeclaredPath endless = new DeclaredPath("endless", "call dispatch", Optional.empty(), DeclaredPath.Bounds.NONE);
        Couriers round = new Couriers(0, List.of(endless));
        List<NodeId> way = new ArrayList<>();
        for (int lap = 0; lap < 600; lap++) {
            way.addAll(List.of(TWO, ONE));
        }
        round.stage.call(ONE, "dispatch", List.of(way));
        round.until(100_000);
        List<PathHop> hops = round.log.hops();
        assertEquals(PathRecorder.MOST_DEEP + 1, hops.size());
        assertEquals(PathHop.Outcome.CUT, hops.get(hops.size() - 1).outcome());
    }

    private static Couriers busy(List<DeclaredPath> declared) {
        Couriers some = new Couriers(0.3, declared);
        some.tell(TWO, "tire");
        some.stage.disturb(TWO, THREE, new LinkFault.Unordered(0.5), Duration.ofSeconds(3));
        some.stage.disturb(ONE, TWO, new LinkFault.Duplicating(0.5), Duration.ofSeconds(3));
        for (int parcel = 0; parcel < 50; parcel++) {
            some.dispatch(ONE, TWO, THREE);
            some.dispatch(THREE, ONE, TWO);
            some.until(40L * parcel);
        }
        some.until(10_000);
        return some;
    }

    /** Who is followed goes where it would go alone. */
    @Test
    void theRunIsTheSameAndSoIsWhatIsToldOfIt() throws IOException {
        Couriers followed = busy(List.of(DELIVERY));
        Couriers again = busy(List.of(DELIVERY));
        assertEquals(busy(List.of()).stage.digest(), followed.stage.digest());
        assertTrue(followed.log.hops().size() > 200);
        assertEquals(text(followed), text(again));
    }

    private static String text(Couriers couriers) throws IOException {
        StringWriter text = new StringWriter();
        PathFile.write(text, couriers.recorded());
        OpenTelemetryFile.write(text, couriers.recorded());
        return text.toString();
    }

    @Test
    void aLogThatIsFullCountsTheOthers() {
        PathLog small = new PathLog(2);
        couriers.dispatch(ONE, TWO, THREE);
        couriers.until(1_000);
        couriers.log.hops().forEach(small);
        assertEquals(2, small.hops().size());
        assertEquals(2, small.left());
    }
}
