package dev.foresail.choice.sample;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.Node;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import java.util.ArrayList;
import java.util.List;

/** A protocol that does at run time what the compiler cannot see. */
@Protocol("clash")
public final class Clash {
    public record Ping() {}

    /** Keeps a handle, which nobody should. */
    public static final class Kept {
        private static final List<Node> HANDLES = new ArrayList<>();

        private Kept() {}

        /** Uses the handle after its handler. */
        public static void use() {
            HANDLES.remove(0).note("late");
        }
    }

    public int number;

    boolean asksTheWorld(Node node) {
        return node.nowNanos() > 0;
    }

    boolean isZero() {
        return number == 0;
    }

    boolean isSmall() {
        return number < 10;
    }

    @OnMessage
    void ping(Ping ping) {
        number++;
    }

    @OnTimer("tick")
    void tick(Node node) {
        node.setTimer("tick", java.time.Duration.ofSeconds(1));
    }

    @OnCall
    void sendNonsense(Node node) {
        Object nonsense = "nonsense";
        node.send(node.self(), nonsense);
    }

    @OnCall
    void armNonsense(String prefix, Node node) {
        node.setTimer(prefix + "s", java.time.Duration.ZERO);
    }

    @OnCall
    void chooseAmong(int count, Node node) {
        List<Integer> candidates = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            candidates.add(each);
        }
        number += node.choose("number", candidates);
    }

    @OnCall
    void draw(Node node) {
        number += 10 * node.random(2);
    }

    @OnCall
    void askForText(Node node) {
        node.note(node.aggregate("size", String.class));
    }

    @OnCall
    void giveUp(Node node) {
        number = 99;
        node.send(node.self(), new Ping());
        node.setTimer("tick", java.time.Duration.ZERO);
        throw node.fail("no way out");
    }

    @OnCall(when = "asksTheWorld")
    void guarded() {
        number++;
    }

    @OnCall(when = "isZero")
    void overlapping() {
        number++;
    }

    @OnCall(when = "isSmall")
    void overlapping(Node node) {
        node.note("small");
    }

    @OnCall
    void keepHandle(Node node) {
        Kept.HANDLES.add(node);
    }

    @Aggregate
    static int size(Clash clash) {
        return clash.number;
    }
}
