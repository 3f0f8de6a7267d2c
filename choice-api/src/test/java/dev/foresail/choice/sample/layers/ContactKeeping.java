package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Above;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnSilence;
import dev.foresail.choice.Protocol;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells whoever is above of contacts that are gone, however it has been noticed. */
@Protocol(value = "contact-keeping", provides = Contacts.class)
public final class ContactKeeping {
    @Above
    Contacts.Upcalls above;

    public final SortedSet<NodeId> contacts = new TreeSet<>();
    public final SortedMap<NodeId, Integer> unanswered = new TreeMap<>();

    @OnDowncall
    void deal(NodeId with) {
        contacts.add(with);
    }

    @OnSilence(of = "contacts", counts = "unanswered", every = "1s", within = "1s")
    void silent(NodeId contact) {
        contacts.remove(contact);
    }

    @OnConnectionError
    void lost(NodeId contact) {
        contacts.remove(contact);
    }

    @OnChange("contacts")
    void contactsChanged(SortedSet<NodeId> before) {
        before.removeAll(contacts);
        before.forEach(above::gone);
    }
}
