package dev.foresail.eval.determinism;

import dev.foresail.choice.Durable;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.network.random.RandomStream;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Any protocol whose nodes notice no connection and offer no choice: what a handler does is drawn from the program's number and what
 * the node has lived through. Such nodes can be spread over several workers.
 */
@Protocol("wanderer")
public final class Wanderer {
    private static final int MOST_EFFECTS = 3;
    private static final int KINDS = 8;
    private static final int STEP_MILLIS = 10;
    private static final int MOST_STEPS = 30;

    /** What a step is about; the hash of a value of an enum is another one in every process. */
    public enum Mood {
        CALM,
        CURIOUS,
        RESTLESS
    }

    /** Handled by everybody. */
    public record Word(int number, Mood mood) {}

    /** Dropped by every other node. */
    public record Whisper(int number) {}

    /** Dropped by whoever has not rested. */
    public record Letter(int number, List<Mood> moods) {
        public Letter {
            moods = List.copyOf(moods);
        }
    }

    final int program;
    final int nodes;

    int lived;
    boolean rested;
    final SortedMap<Mood, Integer> moods = new TreeMap<>();

    @Durable
    int kept;

    public Wanderer(int program, int nodes) {
        this.program = program;
        this.nodes = nodes;
    }

    private void live(int what, Node node) {
        lived = 31 * lived + what;
        RandomStream drawn =
                RandomStream.of(program, "wanderer", lived, what, node.self().value());
        for (int effects = drawn.nextInt(MOST_EFFECTS + 1); effects > 0; effects--) {
            act(drawn, node);
        }
    }

    private void act(RandomStream drawn, Node node) {
        String timer = drawn.nextBoolean() ? "rest" : "walk";
        NodeId other = NodeId.of(1 + drawn.nextInt(nodes));
        Mood mood = Mood.values()[drawn.nextInt(Mood.values().length)];
        switch (drawn.nextInt(KINDS)) {
            case 0 -> node.setTimer(timer, Duration.ofMillis((long) STEP_MILLIS * drawn.nextInt(MOST_STEPS)));
            case 1 -> node.cancelTimer(timer);
            case 2 -> lived += node.isArmed(timer) ? 1 : node.random(KINDS);
            case 3 -> kept += node.choose("kept", List.of(1, 2, 3));
            case 4 -> moods.merge(mood, 1, Integer::sum);
            case 5 -> node.send(other, new Whisper(drawn.nextInt(KINDS)));
            case 6 -> node.send(other, new Letter(drawn.nextInt(KINDS), List.copyOf(moods.keySet())));
            default -> node.send(other, new Word(drawn.nextInt(KINDS), mood));
        }
    }

    @OnStart
    void start(Node node) {
        node.setTimer("walk", Duration.ofMillis(STEP_MILLIS * node.self().value()));
    }

    @OnRestart
    void restart(Node node) {
        node.setTimer("walk", Duration.ofMillis(STEP_MILLIS));
        live(kept, node);
    }

    @OnCall
    void go(int number, Node node) {
        live(number, node);
    }

    @OnTimer("rest")
    void rest(Node node) {
        rested = true;
        live(1, node);
    }

    @OnTimer("walk")
    void walk(Node node) {
        node.setTimer("walk", Duration.ofMillis((long) STEP_MILLIS * (1 + node.random(MOST_STEPS))));
        live(2, node);
    }

    @OnMessage
    void hear(Word word, Node node) {
        moods.merge(word.mood(), 1, Integer::sum);
        live(word.number() + moods.size(), node);
    }

    boolean isEven() {
        return lived % 2 == 0;
    }

    @OnMessage(when = "isEven", otherwise = Otherwise.DROP)
    void whispered(Whisper whisper, Node node) {
        live(whisper.number(), node);
    }

    boolean isRested() {
        return rested;
    }

    @OnMessage(when = "isRested", otherwise = Otherwise.DROP)
    void read(Letter letter, Node node) {
        rested = letter.number() % 2 == 0;
        live(letter.number() + letter.moods().size(), node);
    }

    @Metric
    static double keptInAll(SystemView<Wanderer> system) {
        return system.nodes().stream().mapToInt(node -> system.state(node).kept).sum();
    }
}
