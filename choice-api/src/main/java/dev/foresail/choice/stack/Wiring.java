package dev.foresail.choice.stack;

import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ServiceDescription;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Which layer of a stack uses which, and whose message a record is; layers by their place from the top. Immutable. */
final class Wiring {
    private final List<Machine<Object>> machines;
    private final List<String> names;
    /** By layer and place among its services, the layer that provides it. */
    private final int[][] providers;
    /** By layer, those that use it. */
    private final int[][] users;
    /** By user and provider, the place of the service among those of the user. */
    private final int[][] services;

    private final MessageTypes messageTypes;
    private final List<Optional<ServiceDescription>> provided;
    private final boolean calls;
    private final LayerNames timers;
    private final LayerNames aggregates;

    /** @param providers as the {@link Composition} has found them */
    Wiring(List<Machine<Object>> machines, int[][] providers) {
        this.machines = List.copyOf(machines);
        this.names = machines.stream().map(Machine::protocol).toList();
        this.providers = providers;
        int count = machines.size();
        this.users = new int[count][];
        this.services = new int[count][count];
        for (int user = 0; user < count; user++) {
            for (int service = 0; service < providers[user].length; service++) {
                services[user][providers[user][service]] = service + 1;
            }
        }
        for (int provider = 0; provider < count; provider++) {
            int layer = provider;
            users[provider] = IntStream.range(0, count)
                    .filter(user -> services[user][layer] > 0)
                    .toArray();
        }
        this.provided = machines.stream().map(Machine::provides).toList();
        this.messageTypes = new MessageTypes(this.machines);
        this.timers = names(Machine::timers);
        this.aggregates = names(machine ->
                machine.aggregates().stream().map(AggregateDescription::name).toList());
        this.calls = machines.stream().anyMatch(each -> !each.uses().isEmpty());
    }

    /** The stack's names of what each layer has names for. */
    LayerNames names(Function<Machine<Object>, List<String>> own) {
        return new LayerNames(names, machines.stream().map(own).toList());
    }

    LayerNames timers() {
        return timers;
    }

    LayerNames aggregates() {
        return aggregates;
    }

    int size() {
        return machines.size();
    }

    Machine<Object> machine(int layer) {
        return machines.get(layer);
    }

    List<Machine<Object>> machines() {
        return machines;
    }

    /** The layers' names, the top one first. */
    List<String> names() {
        return names;
    }

    /** Whether any layer calls another. */
    boolean calls() {
        return calls;
    }

    /** The layers that provide what {@code layer} uses, in the order of its services. */
    int[] providers(int layer) {
        return providers[layer];
    }

    /** The layers that use {@code layer}, the top one first. */
    int[] users(int layer) {
        return users[layer];
    }

    /** The place of {@code layer} among the users of {@code provider}; -1 when it is none of them, as -1 is. */
    int user(int layer, int provider) {
        int[] all = users[provider];
        for (int place = 0; place < all.length; place++) {
            if (all[place] == layer) {
                return place;
            }
        }
        return -1;
    }

    /**
     * The place among the users of {@code provider} of the one that takes what is of {@code layer}: that layer, or one through which it uses {@code provider}, as that uses and provides the same service; -1 when there is none.
     */
    int receiver(int layer, int provider) {
        int direct = user(layer, provider);
        int[] all = users[provider];
        for (int place = 0; direct < 0 && place < all.length; place++) {
            if (providesSame(all[place], provider) && receiver(layer, all[place]) >= 0) {
                return place;
            }
        }
        return direct;
    }

    private boolean providesSame(int layer, int provider) {
        return provided.get(layer)
                .filter(service -> service.type() == provided(provider).type())
                .isPresent();
    }

    /** The place of what {@code provider} provides among the services of {@code user}, which uses it. */
    int service(int user, int provider) {
        return services[user][provider] - 1;
    }

    ServiceDescription provided(int layer) {
        return provided.get(layer).orElseThrow();
    }

    /** The layer whose message it is; -1 for none. */
    int layerOf(Object message) {
        return layerOf(message.getClass());
    }

    /** The layer whose messages are of that type; -1 for none. */
    int layerOf(Class<?> type) {
        return messageTypes.of(type).layer();
    }

    /** The layers on which {@code layer} rests, directly or by others. */
    SortedSet<Integer> below(int layer) {
        SortedSet<Integer> below = new TreeSet<>();
        for (int provider : providers[layer]) {
            below.add(provider);
            below.addAll(below(provider));
        }
        return below;
    }

    /** Whether nobody can ever change a message of that type, whatever is in it. */
    boolean isFrozen(Class<?> type) {
        return messageTypes.of(type).isFrozen();
    }
}
