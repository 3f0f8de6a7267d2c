package dev.foresail.choice.machine;

import java.util.List;

/**
 * A service as a protocol was compiled against it; the calls are in the order of their texts, so that whoever provides it and whoever
 * uses it number them alike.
 *
 * @param type the interface marked {@link dev.foresail.choice.Service}
 */
public record ServiceDescription(Class<?> type, List<ServiceCall> downcalls, List<ServiceCall> upcalls) {
    public ServiceDescription {
        downcalls = List.copyOf(downcalls);
        upcalls = List.copyOf(upcalls);
    }
}
