package dev.foresail.steering.live;

import dev.foresail.choice.machine.CascadingTimeOut;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.TimeOutDescription;
import dev.foresail.predictor.node.ArmedTimer;
import dev.foresail.steering.transport.TransportSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/** The time-outs and timers of all layers of a live node, those of its connections included. */
final class LiveTimeOuts {
    private LiveTimeOuts() {}

    /** Those that the layers declare, and how long a connection is waited for. */
    static <S> List<TimeOutDescription> of(LiveParts<S> parts) {
        return of(parts.machine(), parts.template(), parts.surroundings().transport());
    }

    /** The same of a node that is to be started. */
    static <S> List<TimeOutDescription> of(Machine<S> machine, S state, TransportSettings transport) {
        List<TimeOutDescription> all = new ArrayList<>(machine.timeOuts(state));
        all.add(new TimeOutDescription(
                TimeOutDescription.CONNECTIONS,
                "transport.connectTimeout",
                "a connection",
                transport.connectTimeout(),
                false,
                List.of()));
        return List.copyOf(all);
    }

    static List<Map<String, Object>> told(List<TimeOutDescription> timeOuts) {
        List<CascadingTimeOut> cascading = CascadingTimeOut.among(timeOuts);
        return timeOuts.stream().map(each -> told(each, cascading)).toList();
    }

    private static Map<String, Object> told(TimeOutDescription timeOut, List<CascadingTimeOut> cascading) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("layer", timeOut.layer());
        told.put("name", timeOut.name());
        told.put("awaited", timeOut.awaited());
        told.put("millis", timeOut.duration().toMillis());
        told.put(
                "shorterThan",
                cascading.stream()
                        .filter(each -> each.upper().equals(timeOut))
                        .map(each -> each.lower().layer() + "." + each.lower().name())
                        .toList());
        return told;
    }

    static List<Map<String, Object>> told(SortedMap<String, ArmedTimer> timers) {
        List<Map<String, Object>> all = new ArrayList<>();
        timers.forEach((name, timer) -> {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("name", name);
            told.put("delayMillis", TimeUnit.NANOSECONDS.toMillis(timer.delayNanos()));
            told.put("leftMillis", TimeUnit.NANOSECONDS.toMillis(timer.leftNanos()));
            all.add(told);
        });
        return all;
    }
}
