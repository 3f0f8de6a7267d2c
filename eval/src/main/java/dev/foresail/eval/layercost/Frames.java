package dev.foresail.eval.layercost;

import dev.foresail.choice.Above;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;

/** The lowest layer: puts what it is given into a frame and sends it. */
@Protocol(value = "frames", provides = Framing.class)
public final class Frames {
    /** What goes from node to node. */
    public record Frame(long frame, Record content) {}

    @Above
    Framing.Upcalls above;

    long frames;

    @OnDowncall
    void transmit(NodeId to, Record message, Node node) {
        node.send(to, new Frame(frames, message));
    }

    @OnMessage
    void receive(Frame frame, @From NodeId from) {
        frames++;
        above.transmitted(from, frame.content());
    }
}
