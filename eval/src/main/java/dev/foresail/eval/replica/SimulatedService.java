package dev.foresail.eval.replica;

import dev.foresail.eval.replica.Demand.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** The service in virtual time. Deterministic; used by one thread. */
final class SimulatedService {
    private final List<WorkQueue> queues = new ArrayList<>();
    private final List<Replica> replicas;
    private final List<Picker> clients = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Double> latenciesMillis = new ArrayList<>();
    private long nowNanos;
    private long scheduled;

    private SimulatedService(Setting setting, Picker.Rule rule, long seed, long lengthNanos) {
        replicas = setting.replicas(seed, lengthNanos);
        replicas.forEach(replica -> queues.add(new WorkQueue(replica, Setting.WORKERS)));
        for (int client = 0; client < Demand.CLIENTS; client++) {
            clients.add(rule.picker(replicas.size(), () -> nowNanos, seed * Demand.CLIENTS + client));
        }
        Demand.of(setting, seed, lengthNanos).forEach(request -> at(request.atNanos(), () -> send(request, 0)));
    }

    private record Event(long atNanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** How long each request took, in milliseconds, tries that failed included. */
    static List<Double> latenciesMillis(Setting setting, Picker.Rule rule, long seed, long lengthNanos) {
        SimulatedService service = new SimulatedService(setting, rule, seed, lengthNanos);
        while (!service.events.isEmpty()) {
            Event event = service.events.remove();
            service.nowNanos = event.atNanos;
            event.action.run();
        }
        return service.latenciesMillis;
    }

    private void at(long nanos, Runnable action) {
        events.add(new Event(nanos, scheduled++, action));
    }

    private void send(Request request, int attempt) {
        Picker.Pick pick = clients.get(request.client()).pick();
        long sentNanos = nowNanos;
        long oneWayNanos = replicas.get(pick.replica()).networkNanos() / 2;
        at(nowNanos + oneWayNanos, () -> {
            WorkQueue.Answer answer = queues.get(pick.replica())
                    .take(nowNanos, request.workNanos(), request.luck().get(attempt));
            at(answer.atNanos() + oneWayNanos, () -> {
                pick.ended(nowNanos - sentNanos, answer.failed());
                if (answer.failed() && attempt + 1 < Demand.MOST_TRIES) {
                    send(request, attempt + 1);
                } else {
                    latenciesMillis.add((nowNanos - request.atNanos()) / 1e6);
                }
            });
        });
    }
}
