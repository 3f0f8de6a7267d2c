package dev.foresail.eval.register.singlecopy;

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

/** A server writes what it is told and reads what it has, without a word to the others. */
@Protocol("register-single-copy")
public final class SingleCopyRegister {
    final int servers;
    /** What a client writes; empty: a server. */
    final String letter;

    RegisterClient client = RegisterClient.NONE;
    String value = RegisterMessages.UNWRITTEN;

    public SingleCopyRegister(@Default("1") int servers, @Default("") String letter) {
        this.servers = servers;
        this.letter = letter;
    }

    // the client

    @OnStart
    void start(Node node) {
        if (!letter.isEmpty()) {
            client = RegisterClient.writing(letter, servers, node);
        }
    }

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

    // the server

    @OnMessage
    void put(Put request, @From NodeId from, Node node) {
        value = request.value();
        node.send(from, new PutOk(request.id()));
    }

    @OnMessage
    void get(Get request, @From NodeId from, Node node) {
        node.send(from, new GetOk(request.id(), value));
    }
}
