package dev.foresail.choice.stack;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ServiceDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Puts layers together: finds who provides what each uses, or says why they do not fit, naming both ends. */
final class Composition {
    private final List<Machine<Object>> layers;

    private Composition(List<Machine<Object>> layers) {
        this.layers = layers;
    }

    /** @throws ProtocolException FS492 to FS497, FS499 when the layers do not fit */
    static Wiring of(List<Machine<Object>> topFirst) {
        if (topFirst.isEmpty()) {
            throw new ProtocolException("FS499", "a stack has one layer at least");
        }
        return new Composition(topFirst).wiring();
    }

    private Wiring wiring() {
        checkLayers();
        int[][] providers = new int[layers.size()][];
        for (int user = 0; user < layers.size(); user++) {
            List<ServiceDescription> used = layers.get(user).uses();
            providers[user] = new int[used.size()];
            for (int service = 0; service < used.size(); service++) {
                providers[user][service] = provider(user, used.get(service));
            }
        }
        checkUsed(providers);
        checkMessages();
        return new Wiring(layers, providers);
    }

    private String name(int layer) {
        return "'" + layers.get(layer).protocol() + "'";
    }

    private void checkLayers() {
        for (int layer = 1; layer < layers.size(); layer++) {
            for (int above = 0; above < layer; above++) {
                if (layers.get(above).protocol().equals(layers.get(layer).protocol())) {
                    throw new ProtocolException(
                            "FS493", name(layer) + " is in the stack twice; a node has one layer of each protocol");
                }
            }
        }
    }

    private int provider(int user, ServiceDescription service) {
        String wanted = service.type().getName();
        int[] all = IntStream.range(0, layers.size())
                .filter(layer -> layer != user && provides(layer, wanted))
                .toArray();
        int[] ends =
                IntStream.of(all).filter(layer -> !isBetween(layer, wanted)).toArray();
        int[] below = IntStream.of(all).filter(layer -> layer > user).toArray();
        if (below.length == 0) {
            throw ends.length == 0 ? missing(user, service) : wrongOrder(user, ends[0], service);
        }
        if (below.length > 1 && !isBetween(below[0], wanted)) {
            throw isBetween(below[1], wanted) ? wrongOrder(below[1], below[0], service) : twice(user, below, service);
        }
        checkSame(user, service, below[0]);
        return below[0];
    }

    private ProtocolException twice(int user, int[] providers, ServiceDescription service) {
        return new ProtocolException(
                "FS494",
                name(user) + " uses " + service.type().getSimpleName() + ", which both " + name(providers[0]) + " and "
                        + name(providers[1]) + " below it provide; leave one out");
    }

    /** Whether a layer uses what it provides itself: it stands between those above it and the next one that provides it. */
    private boolean isBetween(int layer, String service) {
        return layers.get(layer).uses().stream()
                .anyMatch(each -> each.type().getName().equals(service));
    }

    private boolean provides(int layer, String service) {
        return layers.get(layer)
                .provides()
                .map(each -> each.type().getName().equals(service))
                .orElse(false);
    }

    private ProtocolException missing(int user, ServiceDescription service) {
        List<String> provided = new ArrayList<>();
        for (int layer = user + 1; layer < layers.size(); layer++) {
            String what = layers.get(layer)
                    .provides()
                    .map(each -> each.type().getSimpleName())
                    .orElse("nothing");
            provided.add(name(layer) + " provides " + what);
        }
        return new ProtocolException(
                "FS492",
                name(user) + " uses " + service.type().getSimpleName() + ", which no layer below it provides"
                        + (provided.isEmpty() ? "; there is none below it" : ": " + String.join(", ", provided)));
    }

    private ProtocolException wrongOrder(int user, int provider, ServiceDescription service) {
        List<String> order = order();
        return new ProtocolException(
                "FS495",
                name(user) + " uses " + service.type().getSimpleName() + " of " + name(provider)
                        + ", which is above it; layers use only those below them, "
                        + (order.size() == layers.size()
                                ? "so write '" + String.join("/", order) + "'"
                                : "and these use each other in a circle, so that no order will do"));
    }

    /** The layers so that each uses only those behind it, as far as that is possible. */
    private List<String> order() {
        List<String> order = new ArrayList<>();
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, layers.size()).boxed().toList());
        boolean found = true;
        while (found) {
            found = false;
            for (Integer layer : List.copyOf(left)) {
                boolean used = left.stream().anyMatch(user -> !user.equals(layer) && uses(user, layer));
                if (!used) {
                    order.add(layers.get(layer).protocol());
                    left.remove(layer);
                    found = true;
                }
            }
        }
        return order;
    }

    private boolean uses(int user, int provider) {
        return layers.get(user).uses().stream()
                .map(each -> each.type().getName())
                .anyMatch(service -> provides(provider, service) && !isAbove(provider, user, service));
    }

    /** Of two layers that stand between others by the same service each could use the other: the one that is above does. */
    private boolean isAbove(int layer, int other, String service) {
        return layer < other && isBetween(layer, service) && provides(other, service);
    }

    private void checkSame(int user, ServiceDescription wanted, int provider) {
        ServiceDescription provided = layers.get(provider).provides().orElseThrow();
        boolean same = wanted.equals(provided);
        if (!same) {
            String why = wanted.type() == provided.type()
                    ? "were compiled against different versions of it: " + wanted.downcalls() + wanted.upcalls()
                            + " and " + provided.downcalls() + provided.upcalls() + "; compile both again"
                    : "have it from different jars or class loaders";
            throw new ProtocolException(
                    "FS497",
                    name(user) + ", which uses " + wanted.type().getName() + ", and " + name(provider)
                            + ", which provides it, " + why);
        }
    }

    private void checkUsed(int[][] providers) {
        for (int layer = 1; layer < layers.size(); layer++) {
            int wanted = layer;
            boolean used = IntStream.range(0, layer)
                    .anyMatch(user -> IntStream.of(providers[user]).anyMatch(each -> each == wanted));
            if (!used) {
                String what = layers.get(layer)
                        .provides()
                        .map(each -> "provides " + each.type().getSimpleName())
                        .orElse("provides nothing");
                throw new ProtocolException(
                        "FS496",
                        name(layer) + " " + what
                                + ", and none of the layers above it uses it; leave it out, or put it on top");
            }
        }
    }

    private void checkMessages() {
        Map<Class<?>, Integer> owners = new HashMap<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            for (Class<?> message : layers.get(layer).messageTypes()) {
                Integer other = owners.putIfAbsent(message, layer);
                if (other != null) {
                    throw new ProtocolException(
                            "FS499",
                            name(other) + " and " + name(layer) + " both take the message " + message.getName()
                                    + "; give each layer records of its own");
                }
            }
        }
    }
}
