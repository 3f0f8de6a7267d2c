package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads single values; what does not fit becomes a problem and the answer is empty. */
final class Values {
    private static final double MOST_EXPLORED_PERCENT = 50;
    private static final double PERCENT = 100;
    static final String DURATION = "a duration: a number and ns, us, ms, s, m or h, such as 5ms or 1.5s";
    static final String NODE_ID = "a node id: a whole number of at least 0";
    static final String ADDRESS = "an address host:port, such as 127.0.0.1:7001";

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** The value as it is quoted in messages. */
    static String found(Node node) {
        if (node instanceof SequenceNode) {
            return "a list";
        } else if (node instanceof MappingNode) {
            return "a map";
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.isPlain() && scalar.getValue().isEmpty()) {
            return "nothing";
        }
        String value = scalar.getValue();
        String shown = value.length() > 60 ? value.substring(0, 60) + "..." : value;
        return (scalar.isPlain() ? "" : "the text ") + "'" + shown.replaceAll("\\p{Cntrl}", " ") + "'";
    }

    void wrong(Node node, String what, String expected) {
        problems.add(node, "FS207", what + ": " + found(node) + " where " + expected + " was expected");
    }

    /** Text, quoted or not; never empty. */
    Optional<String> text(Node node, String what, String expected) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        wrong(node, what, expected);
        return Optional.empty();
    }

    /** An unquoted value that {@code parser} understands; it throws IllegalArgumentException when it does not. */
    <T> Optional<T> plain(Node node, String what, String expected, Function<String, T> parser) {
        if (node instanceof ScalarNode scalar && scalar.isPlain()) {
            return parsed(node, what, expected, parser);
        }
        wrong(node, what, expected);
        return Optional.empty();
    }

    private <T> Optional<T> parsed(Node node, String what, String expected, Function<String, T> parser) {
        if (node instanceof ScalarNode scalar) {
            try {
                return Optional.of(parser.apply(scalar.getValue()));
            } catch (IllegalArgumentException refused) {
                wrong(node, what, expected);
                return Optional.empty();
            }
        }
        wrong(node, what, expected);
        return Optional.empty();
    }

    Optional<Integer> wholeNumber(Node node, String what, int least) {
        return plain(node, what, "a whole number of at least " + least, text -> atLeast(Integer.parseInt(text), least));
    }

    private static int atLeast(int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("too small");
        }
        return value;
    }

    Optional<Double> number(Node node, String what) {
        return plain(node, what, "a number", Values::finite);
    }

    Optional<Double> aboveZero(Node node, String what) {
        return plain(node, what, "a number above 0", text -> {
            double value = finite(text);
            if (value <= 0) {
                throw new IllegalArgumentException("too small");
            }
            return value;
        });
    }

    /** A share of decisions that may explore, in percent. */
    Optional<Double> share(Node node, String what) {
        return plain(node, what, "a share from 0% to 50%, such as 0.5%", text -> {
            if (!text.endsWith("%")) {
                throw new IllegalArgumentException("no percent sign");
            }
            double percent = finite(text.substring(0, text.length() - 1));
            if (percent < 0 || percent > MOST_EXPLORED_PERCENT) {
                throw new IllegalArgumentException("out of range");
            }
            return percent / PERCENT;
        });
    }

    Optional<Boolean> truth(Node node, String what) {
        return plain(node, what, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    static double finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value) || !text.matches("[-+.0-9eE]+")) {
            throw new IllegalArgumentException("not finite");
        }
        return value;
    }

    Optional<Duration> duration(Node node, String what) {
        return parsed(node, what, DURATION, ParameterValues::duration);
    }

    /** A duration above zero. */
    Optional<Duration> span(Node node, String what) {
        return parsed(node, what, DURATION + ", above zero", text -> {
            Duration duration = ParameterValues.duration(text);
            if (duration.isZero()) {
                throw new IllegalArgumentException("zero");
            }
            return duration;
        });
    }

    Optional<NodeId> nodeId(Node node, String what) {
        return plain(node, what, NODE_ID, text -> NodeId.of(Long.parseLong(text)));
    }

    /** Where to listen: the host must be known here and now. */
    Optional<InetSocketAddress> listenAddress(Node node, String what) {
        return parsed(node, what, ADDRESS, text -> {
            InetSocketAddress address = address(text, 0);
            try {
                return new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort());
            } catch (UnknownHostException unknown) {
                throw new IllegalArgumentException(unknown);
            }
        });
    }

    /** Where a peer is: a name is looked up when the node connects. */
    Optional<InetSocketAddress> peerAddress(Node node, String what) {
        return parsed(node, what, ADDRESS, text -> address(text, 1));
    }

    private static InetSocketAddress address(String text, int leastPort) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no port");
        }
        String host = text.substring(0, colon);
        String digits = text.substring(colon + 1);
        int port = atLeast(Integer.parseInt(digits), leastPort);
        boolean bracketed = host.matches("\\[[0-9a-fA-F:.]+]");
        if (port > 65_535 || !digits.matches("[0-9]+") || !(bracketed || host.matches("[A-Za-z0-9._-]+"))) {
            throw new IllegalArgumentException("no address");
        }
        boolean literal = bracketed || host.matches("[0-9.]+");
        return literal ? new InetSocketAddress(host, port) : InetSocketAddress.createUnresolved(host, port);
    }

    Optional<Path> path(Node node, String what) {
        return parsed(node, what, "a path", text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("blank");
            }
            return Path.of(text);
        });
    }

    List<Node> list(Node node, String what, String expected) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        wrong(node, what, expected);
        return List.of();
    }
}
