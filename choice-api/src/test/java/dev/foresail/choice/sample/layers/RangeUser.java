package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Node;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;
import java.util.ArrayList;
import java.util.List;

/** Asks for a round range, and hears of every change of it. */
@Protocol("range-user")
public final class RangeUser {
    @Uses
    Ranges ranges;

    public final List<String> heard = new ArrayList<>();
    public long held;

    boolean isFull() {
        return ranges.end() >= 20;
    }

    @OnCall
    void take(long by) {
        ranges.grow(by);
        ranges.grow(by);
    }

    @OnUpcall
    void rangeChanged(long before, long now) {
        heard.add(before + " to " + now);
        held = now;
    }

    /** Keeps ranges even, by a change below that is told upwards again. */
    @OnChange(value = "held", when = "isOdd")
    void even() {
        ranges.grow(1);
    }

    boolean isOdd() {
        return held % 2 == 1;
    }

    @OnChange(when = "isFull")
    void full(Node node) {
        heard.add("full");
        node.note("full");
    }
}
