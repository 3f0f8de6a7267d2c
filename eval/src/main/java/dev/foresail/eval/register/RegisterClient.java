package dev.foresail.eval.register;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.eval.register.RegisterMessages.Get;
import dev.foresail.eval.register.RegisterMessages.Put;
import java.util.Optional;

/**
 * The client's part of a register protocol: it writes its letter at one server, then reads at the next. Servers are the
 * nodes with the ids from 0. A part of a node's state; immutable, its methods give the next one.
 *
 * @param awaited the id of the request that has no answer yet
 * @param operations how many requests the client has begun, the end of its script counting as one; 0: not a client
 */
public record RegisterClient(Optional<Integer> awaited, int operations) {
    /** What a server has for a client. */
    public static final RegisterClient NONE = new RegisterClient(Optional.empty(), 0);

    /** Writes {@code letter}. */
    public static RegisterClient writing(String letter, int servers, Node node) {
        int id = number(node);
        node.send(NodeId.of(id % servers), new Put(id, letter));
        return new RegisterClient(Optional.of(id), 1);
    }

    /** Once it has written, it reads. */
    public RegisterClient reading(int servers, Node node) {
        int id = 2 * number(node);
        node.send(NodeId.of((number(node) + 1) % servers), new Get(id));
        return new RegisterClient(Optional.of(id), operations + 1);
    }

    /** Once it has read, it is done. */
    public RegisterClient done() {
        return new RegisterClient(Optional.empty(), operations + 1);
    }

    public boolean awaits(int id) {
        return awaited.equals(Optional.of(id));
    }

    private static int number(Node node) {
        return Math.toIntExact(node.self().value());
    }
}
