package dev.foresail.steering.config;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Configurations for tests. */
final class Samples {
    /** The least that a node needs; line 3 to 5 are comments, so that tests add line 6. */
    static final String SMALL = """
            protocol: kitchen
            node: 1
            # where it listens
            # a free port
            listen: 127.0.0.1:0
            """;

    static final String COMPLETE = """
            protocol: kitchen
            node: 1
            listen: 127.0.0.1:7001
            peers:
              1: 127.0.0.1:7001
              2: 127.0.0.1:7002
              3: cook.example:7003
            parameters:
              stoves: 4
              pace: 250ms
              open: false
              dish: two eggs
              salt: 0.25
              chef: 7
              budget: 900
            objectives:
              - minimize: {crowding: 2, plates: 0.5}
              - maximize: plates
            horizon: 2s
            resolver:
              kind: predicted
              maxRollOuts: 6
              cacheEntries: 500
              cacheLife: 1m
              explore: 2%
            onHandlerError: isolate
            prediction:
              threads: 2
            storage: data/node1.state
            calls:
              - hire: [[2, 3]]
              - rest: [5ms, true, "at home", 2]
              - order: [12]
            steering:
              mode: observe
            checkpoints:
              minimumGatherInterval: 200ms
              exportInterval: 30ms
              gatherTimeout: 3s
              quota: 5
              parkedLimit: 64
              bytesPerSecond: 20000
              calls: measured
              answers: at-once
            """;

    private Samples() {}

    /** The kitchen, and a protocol {@code bare} with a parameter that has no default. */
    static Protocols twoProtocols() {
        List<Machine<?>> machines = new ArrayList<>();
        machines.add(Protocols.of(Samples.class.getClassLoader()).find("kitchen"));
        machines.add((Machine<?>) Proxy.newProxyInstance(
                Samples.class.getClassLoader(),
                new Class<?>[] {Machine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "protocol" -> "bare";
                    case "stateType" -> Samples.class;
                    case "parameters" -> List.of(new ParameterDescription("size", Integer.class, Optional.empty()));
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> 1;
                    default -> List.of();
                }));
        return new Protocols(machines);
    }
}
