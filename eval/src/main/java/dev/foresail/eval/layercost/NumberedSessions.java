package dev.foresail.eval.layercost;

import dev.foresail.choice.Above;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;

/** The third layer from below: numbers what is said. */
@Protocol(value = "numbered-sessions", provides = Sessions.class)
public final class NumberedSessions {
    /** What was said, with its number. */
    public record Said(long session, Record content) {}

    @Uses
    Routing routing;

    @Above
    Sessions.Upcalls above;

    long sessions;

    @OnDowncall
    void say(NodeId to, Record message) {
        routing.route(to, new Said(sessions, message));
    }

    @OnUpcall
    void routed(NodeId from, Said said) {
        sessions++;
        above.said(from, said.content());
    }
}
