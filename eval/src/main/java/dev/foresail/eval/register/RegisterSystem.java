package dev.foresail.eval.register;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
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
        int clients = Settings.within(1, MOST_CLIENTS, "clients", parameterValues.get(0));
        int servers = Settings.atLeast(1, "servers", parameterValues.get(1));
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

    /** How many servers are more than half of them. */
    public static int majority(int servers) {
        return servers / 2 + 1;
    }

    /** Sends {@code message} from one server to all others, in the order of their ids. */
    public static void tellOthers(Object message, int servers, Node node) {
        for (int server = 0; server < servers; server++) {
            if (server != node.self().value()) {
                node.send(NodeId.of(server), message);
            }
        }
    }

    private static String letter(int client) {
        return Character.toString('A' + client);
    }
}
