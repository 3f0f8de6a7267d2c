package dev.foresail.eval.layercost;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;

/** The highest layer: answers each line with the next. */
@Protocol("dialogue")
public final class Dialogue {
    /** What the other one says. */
    public record Line(long line) {}

    @Uses
    Sessions sessions;

    long lines;

    @OnUpcall
    void said(NodeId from, Line line) {
        lines++;
        sessions.say(from, new Line(line.line() + 1));
    }
}
