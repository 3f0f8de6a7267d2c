package dev.foresail.eval.register.abd;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.eval.register.RegisterClient;
import dev.foresail.eval.register.RegisterMessages;
import dev.foresail.eval.register.RegisterMessages.Get;
import dev.foresail.eval.register.RegisterMessages.GetOk;
import dev.foresail.eval.register.RegisterMessages.Put;
import dev.foresail.eval.register.RegisterMessages.PutOk;
import dev.foresail.eval.register.RegisterSystem;
import dev.foresail.eval.register.abd.AbdMessages.AckQuery;
import dev.foresail.eval.register.abd.AbdMessages.AckStore;
import dev.foresail.eval.register.abd.AbdMessages.Query;
import dev.foresail.eval.register.abd.AbdMessages.Stamped;
import dev.foresail.eval.register.abd.AbdMessages.Store;
import dev.foresail.eval.register.abd.Phase.Querying;
import dev.foresail.eval.register.abd.Phase.Storing;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A server asks a majority for the newest value, then tells a majority the value to keep: the one it writes, or the one it
 * is about to give to a reader. One request at a time; others wait. After the linearizable-register example of Stateright.
 */
@Protocol("register-abd")
public final class AbdRegister {
    final int servers;
    /** What a client writes; empty: a server. */
    final String letter;

    RegisterClient client = RegisterClient.NONE;

    Stamped kept = new Stamped(new Stamp(0, NodeId.of(0)), RegisterMessages.UNWRITTEN);
    Optional<Phase> phase = Optional.empty();

    public AbdRegister(@Default("2") int servers, @Default("") String letter) {
        this.servers = servers;
        this.letter = letter;
    }

    @OnStart
    void start(Node node) {
        if (letter.isEmpty()) {
            kept = new Stamped(new Stamp(0, node.self()), RegisterMessages.UNWRITTEN);
        } else {
            client = RegisterClient.writing(letter, servers, node);
        }
    }

    // the client

    boolean awaitsWrite(PutOk answer) {
        return client.awaits(answer.id());
    }

    @OnMessage(when = "awaitsWrite", otherwise = Otherwise.DROP)
    void read(PutOk answer, Node node) {
        client = client.reading(servers, node);
    }

    boolean awaitsRead(GetOk answer) {
        return client.awaits(answer.id());
    }

    @OnMessage(when = "awaitsRead", otherwise = Otherwise.DROP)
    void finish(GetOk answer) {
        client = client.done();
    }

    // the server that a client asks

    boolean isBusy() {
        return phase.isPresent();
    }

    @OnMessage(when = "!isBusy", otherwise = Otherwise.DEFER)
    void put(Put request, @From NodeId from, Node node) {
        query(request.id(), from, Optional.of(request.value()), node);
    }

    @OnMessage(when = "!isBusy", otherwise = Otherwise.DEFER)
    void get(Get request, @From NodeId from, Node node) {
        query(request.id(), from, Optional.empty(), node);
    }

    private void query(int id, NodeId from, Optional<String> written, Node node) {
        SortedMap<NodeId, Stamped> responses = new TreeMap<>();
        responses.put(node.self(), kept);
        phase = Optional.of(new Querying(id, from, written, responses));
        RegisterSystem.tellOthers(new Query(id), servers, node);
    }

    boolean isAsked(AckQuery answer) {
        return querying().filter(each -> each.id() == answer.id()).isPresent();
    }

    @OnMessage(when = "isAsked", otherwise = Otherwise.DROP)
    void collect(AckQuery answer, @From NodeId from, Node node) {
        Querying now = querying().orElseThrow();
        SortedMap<NodeId, Stamped> responses = new TreeMap<>(now.responses());
        responses.put(from, answer.stamped());
        if (responses.size() == RegisterSystem.majority(servers)) {
            store(now, newest(responses), node);
        } else {
            phase = Optional.of(new Querying(now.id(), now.client(), now.written(), responses));
        }
    }

    private static Stamped newest(SortedMap<NodeId, Stamped> responses) {
        return responses.values().stream()
                .max(Comparator.comparing(Stamped::stamp))
                .orElseThrow();
    }

    private void store(Querying asked, Stamped newest, Node node) {
        Stamped stamped = asked.written()
                .map(value -> new Stamped(new Stamp(newest.stamp().clock() + 1, node.self()), value))
                .orElse(newest);
        RegisterSystem.tellOthers(new Store(asked.id(), stamped), servers, node);
        keep(stamped);
        Optional<String> read = asked.written().isPresent() ? Optional.empty() : Optional.of(stamped.value());
        SortedSet<NodeId> acknowledged = new TreeSet<>();
        acknowledged.add(node.self());
        phase = Optional.of(new Storing(asked.id(), asked.client(), read, acknowledged));
    }

    boolean isNewAcknowledgement(AckStore answer, @From NodeId from) {
        return storing()
                .filter(each -> each.id() == answer.id() && !each.acknowledged().contains(from))
                .isPresent();
    }

    @OnMessage(when = "isNewAcknowledgement", otherwise = Otherwise.DROP)
    void conclude(AckStore answer, @From NodeId from, Node node) {
        Storing now = storing().orElseThrow();
        SortedSet<NodeId> acknowledged = new TreeSet<>(now.acknowledged());
        acknowledged.add(from);
        if (acknowledged.size() == RegisterSystem.majority(servers)) {
            now.read()
                    .ifPresentOrElse(
                            value -> node.send(now.client(), new GetOk(now.id(), value)),
                            () -> node.send(now.client(), new PutOk(now.id())));
            phase = Optional.empty();
        } else {
            phase = Optional.of(new Storing(now.id(), now.client(), now.read(), acknowledged));
        }
    }

    // the server that another server asks

    @OnMessage
    void answer(Query query, @From NodeId from, Node node) {
        node.send(from, new AckQuery(query.id(), kept));
    }

    @OnMessage
    void obey(Store request, @From NodeId from, Node node) {
        node.send(from, new AckStore(request.id()));
        keep(request.stamped());
    }

    private void keep(Stamped stamped) {
        if (stamped.stamp().compareTo(kept.stamp()) > 0) {
            kept = stamped;
        }
    }

    private Optional<Querying> querying() {
        return phase.filter(Querying.class::isInstance).map(Querying.class::cast);
    }

    private Optional<Storing> storing() {
        return phase.filter(Storing.class::isInstance).map(Storing.class::cast);
    }
}
