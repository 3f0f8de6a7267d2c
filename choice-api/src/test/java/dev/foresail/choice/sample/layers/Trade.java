package dev.foresail.choice.sample.layers;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnSilence;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Deals with contacts, and watches one partner itself. */
@Protocol("trade")
public final class Trade {
    @Uses
    Contacts contacts;

    public Optional<NodeId> partner = Optional.empty();
    public final SortedMap<NodeId, Integer> unanswered = new TreeMap<>();
    public final List<String> events = new ArrayList<>();

    @OnCall
    void trade(NodeId with) {
        contacts.deal(with);
    }

    @OnCall
    void join(NodeId with) {
        partner = Optional.of(with);
    }

    @OnUpcall
    void gone(NodeId contact) {
        events.add("gone " + contact);
    }

    @OnSilence(of = "partner", counts = "unanswered", every = "1s", within = "2s")
    void silent(NodeId other) {
        events.add("silent " + other);
        partner = Optional.empty();
    }
}
