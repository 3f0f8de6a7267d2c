package dev.foresail.eval.layercost;

import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;

/** What {@link Dialogue} over {@link NumberedSessions}, {@link CountedHops} and {@link Frames} do together, as one protocol. */
@Protocol("undivided")
public final class Undivided {
    /** A question or its answer, with what each of the four layers says of it. */
    public record Letter(long frame, long hop, long session, long line) {}

    long frames;
    long hops;
    long sessions;
    long lines;

    @OnMessage
    void answer(Letter letter, @From NodeId from, Node node) {
        frames++;
        hops += letter.hop();
        sessions++;
        lines++;
        node.send(from, new Letter(frames, hops, sessions, letter.line() + 1));
    }
}
