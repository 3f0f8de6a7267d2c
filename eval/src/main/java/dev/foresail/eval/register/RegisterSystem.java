package dev.foresail.eval.register;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the scenarios of all register protocols have in common: servers n0, n1, ..., then clients that write A, B, ... */
public final class RegisterSystem {
    /** The property that is asked of the history. */
    public static final String LINEARIZABLE = "linearizable";

    private static final int MOST_CLIENTS = 26;

    private RegisterSystem() {}

    /** The parameters {@code clients} and {@code servers}. */
    public static List<ParameterDescription> parameters(int clients, int servers) {
        return List.of(
                new ParameterDescription("clients", Integer.class, Optional.of(Integer.toString(clients))),
                new ParameterDescription("servers", Integer.class, Optional.of(Integer.toString(servers))));
    }

    /**
     * Describes the system of a protocol with the parameters {@code servers} and {@code letter}.
     *
     * @param parameterValues of {@link #parameters}: 1 to 26 clients, at least 1 server
     * @throws IllegalArgumentException when one is out of range
     */
    public static <S> void describe(SystemModel.Builder<S> model, List<Object> parameterValues) {
        int clients = (Integer) parameterValues.get(0);
        int servers = (Integer) parameterValues.get(1);
        if (clients < 1 || clients > MOST_CLIENTS) {
            throw new IllegalArgumentException("clients is 1 to " + MOST_CLIENTS + ", not " + clients);
        }
        if (servers < 1) {
            throw new IllegalArgumentException("servers is at least 1, not " + servers);
        }
        for (int server = 0; server < servers; server++) {
            model.node(NodeId.of(server), Map.of("servers", servers));
        }
        for (int client = 0; client < clients; client++) {
            model.node(NodeId.of(servers + client), Map.of("servers", servers, "letter", letter(client)));
        }
        model.network(Network.UNORDERED)
                .unhandledStaysPending()
                .history(new RegisterHistory(), Map.of(LINEARIZABLE, Linearisability::holds));
    }

    private static String letter(int client) {
        return Character.toString('A' + client);
    }
}
