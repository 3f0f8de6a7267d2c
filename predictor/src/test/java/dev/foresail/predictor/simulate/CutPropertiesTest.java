package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.property.Choices;
import dev.foresail.predictor.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random cuts, clogs, delay spikes and pauses while three nodes, 20 ms apart, count to each other. */
class CutPropertiesTest {
    /** At the longest: with a delay spike, behind a clog. */
    private static final long WAY_MILLIS = 20 * 3 + 50 + 200;

    private final List<Sent> sent = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private Simulation<Diary> stage = Diarists.started();

    private record Sent(NodeId from, NodeId to, long number, long atMillis) {}

    private record Cut(NodeId one, NodeId other, long atMillis, long untilMillis, long noticedMillis) {
        /** Whether what is sent then is under way at the cut, or given to a connection that it has killed. */
        boolean explains(Sent lost) {
            boolean same = lost.from().equals(one) && lost.to().equals(other)
                    || lost.from().equals(other) && lost.to().equals(one);
            return same && lost.atMillis() >= atMillis - WAY_MILLIS && lost.atMillis() <= untilMillis + noticedMillis;
        }
    }

    private long nowMillis() {
        return stage.now().toMillis();
    }

    private void pass(long millis) {
        stage.runUntil(stage.now().plusMillis(millis));
    }

    private void send(NodeId from, NodeId to) {
        long number = sent.size();
        sent.add(new Sent(from, to, number, nowMillis()));
        stage.call(from, "write", List.of(to, number));
    }

    private void disturb(Choices choices, boolean pauses) {
        NodeId one = choices.oneOf(stage.nodes());
        NodeId other = NodeId.of(1 + (one.value() + choices.below(2)) % 3);
        switch (choices.below(10)) {
            case 0 -> pass(choices.below(500));
            case 1 -> {
                long duration = choices.below(400);
                long noticed = choices.below(400);
                cuts.add(new Cut(one, other, nowMillis(), nowMillis() + duration, noticed));
                if (choices.below(2) == 0) {
                    stage.cut(one, other, Duration.ofMillis(duration), Duration.ofMillis(noticed));
                } else {
                    stage.cutOneWay(one, other, Duration.ofMillis(duration), Duration.ofMillis(noticed));
                }
            }
            case 2 -> pass(choices.below(40));
            case 3 -> {
                if (pauses) {
                    stage.pause(one, Duration.ofMillis(choices.below(300)));
                }
            }
            case 4 -> delay(choices, one, other);
            default -> send(one, other);
        }
    }

    private void delay(Choices choices, NodeId one, NodeId other) {
        Duration duration = Duration.ofMillis(choices.below(200));
        switch (choices.below(3)) {
            case 0 -> stage.clog(one, duration);
            case 1 -> stage.clog(one, other, duration);
            default -> stage.delaySpike(one, other, 3, Duration.ofMillis(50), duration);
        }
    }

    private void play(Choices choices, boolean pauses) {
        stage = Diarists.started();
        sent.clear();
        cuts.clear();
        for (int left = choices.below(60); left > 0; left--) {
            disturb(choices, pauses);
        }
        pass(5_000);
    }

    private Diary state(NodeId node) {
        return (Diary) stage.state(node).orElseThrow();
    }

    private List<Long> heard(NodeId at, NodeId from) {
        return state(at).entries().stream()
                .filter(entry -> entry.startsWith(from + ":"))
                .map(entry -> Long.parseLong(entry.substring(entry.indexOf(':') + 1)))
                .toList();
    }

    private Stream<Sent> lost() {
        return sent.stream().filter(one -> !heard(one.to(), one.from()).contains(one.number()));
    }

    @Test
    void onlyWhatWasUnderWayAtACutIsLost() {
        Property.check(31, 400, choices -> {
            play(choices, false);
            lost().forEach(missing ->
                    assertTrue(cuts.stream().anyMatch(cut -> cut.explains(missing)), () -> missing + " of " + cuts));
        });
    }

    @Test
    void whoLosesSomethingIsToldAfterwards() {
        Property.check(32, 400, choices -> {
            play(choices, true);
            lost().forEach(missing -> assertTrue(
                    state(missing.from()).lastLostNanos(missing.to()) >= missing.atMillis() * 1_000_000,
                    missing::toString));
        });
    }

    @Test
    void whatIsHeardIsInOrderAndOnceAndAfterTheCutsEverythingIsHeard() {
        Property.check(33, 400, choices -> {
            play(choices, true);
            int before = sent.size();
            stage.nodes()
                    .forEach(from -> stage.nodes().stream()
                            .filter(to -> !to.equals(from))
                            .forEach(to -> send(from, to)));
            pass(5_000);
            assertTrue(lost().allMatch(missing -> missing.number() < before), "all are healed");
            for (NodeId at : stage.nodes()) {
                for (NodeId from : stage.nodes()) {
                    List<Long> heard = heard(at, from);
                    assertEquals(List.copyOf(new TreeSet<>(heard)), heard, () -> at + " of " + from);
                }
            }
        });
    }

    @Test
    void cutsDoLoseSomething() {
        List<Sent> missing = new ArrayList<>();
        Property.check(34, 50, choices -> {
            play(choices, false);
            lost().forEach(missing::add);
        });
        assertTrue(missing.size() > 20, () -> missing.size() + " were lost: the properties above say something");
    }
}
