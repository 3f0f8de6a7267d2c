package dev.foresail.eval.emulation;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.live.ForesailNode;
import dev.foresail.steering.live.LiveSurroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A live courier as a process of its own: {@code SELF OWN-ADDRESS PEER PEER-ADDRESS PORT}. Does what standard input says, line
 * by line, answers each line with one, and ends with it.
 */
final class CourierProcess {
    private CourierProcess() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[4]);
        NodeId peer = NodeId.of(Long.parseLong(arguments[2]));
        NodeConfiguration configuration = NodeConfiguration.of(
                        "courier", NodeId.of(Long.parseLong(arguments[0])), new InetSocketAddress(arguments[1], port))
                .peers(new TreeMap<>(Map.of(peer, new InetSocketAddress(arguments[3], port))))
                .build();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ForesailNode node =
                ForesailNode.start(configuration, new CourierMachine(), LiveSurroundings.real(configuration))) {
            System.out.println("ready");
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                obey(line, node, peer);
                System.out.println(figures((Courier) node.snapshotState().join(), peer));
            }
        }
    }

    private static void obey(String command, ForesailNode node, NodeId peer) {
        switch (command) {
            case "deliver" -> node.call("deliver", List.of(peer), 5_000_000L).join();
            case "haul" -> node.call("haul", peer).join();
            case "rest" -> node.call("rest").join();
            case "tell" -> {}
            default -> throw new IllegalArgumentException(command);
        }
    }

    private static String figures(Courier courier, NodeId peer) {
        long nanos = courier.lastLoadNanos.getOrDefault(peer, 0L) - courier.firstLoadNanos.getOrDefault(peer, 0L);
        long loads = courier.loads.getOrDefault(peer, 0L);
        return courier.posted + " " + courier.letters + " " + courier.broken + " " + loads + " " + nanos;
    }
}
