package dev.foresail.choice.sample.layers;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnPhase;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Phase;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Has those counted by the layer below who come when they are invited. */
@Protocol("assembly")
public final class Assembly {
    public record Invitation() {}

    @Uses
    Census census;

    public final Phase<Invitation, Boolean> invitations = new Phase<>();
    public final List<Integer> counts = new ArrayList<>();

    @OnCall
    void invite(NodeId one, NodeId other) {
        invitations.begin(new Invitation(), List.of(one, other));
    }

    @OnMessage
    boolean comes(Invitation invitation) {
        return true;
    }

    @OnPhase(of = "invitations", deadline = "1s")
    void invited(SortedMap<NodeId, Boolean> answers) {
        census.count(List.copyOf(answers.keySet()));
    }

    @OnUpcall
    void counted(int present) {
        counts.add(present);
    }
}
