package dev.foresail.eval.layercost;

import dev.foresail.choice.Above;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;

/** The second layer from below: everybody is one hop away. */
@Protocol(value = "counted-hops", provides = Routing.class)
public final class CountedHops {
    /** A message on its way. */
    public record Hop(long hop, Record content) {}

    @Uses
    Framing framing;

    @Above
    Routing.Upcalls above;

    long hops;

    @OnDowncall
    void route(NodeId to, Record message) {
        framing.transmit(to, new Hop(hops, message));
    }

    @OnUpcall
    void transmitted(NodeId from, Hop hop) {
        hops += hop.hop();
        above.routed(from, hop.content());
    }
}
