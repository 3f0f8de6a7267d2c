package dev.foresail.predictor.log;

import dev.foresail.choice.machine.Event;

/** Words for events. Pure functions. */
public final class EventText {
    private EventText() {}

    /** What a node handles, with all that is in it: {@code receives Join[node=n3] from n2}, {@code timer probe}. */
    public static String of(Event event) {
        if (event instanceof Event.Delivery delivery) {
            return "receives " + delivery.message() + " from " + delivery.from();
        } else if (event instanceof Event.TimerFired timer) {
            return "timer " + timer.name();
        } else if (event instanceof Event.Call call) {
            return "call " + call.name() + call.arguments();
        } else if (event instanceof Event.ConnectionError error) {
            return "connection error with " + error.peer();
        } else if (event instanceof Event.Suspicion suspicion) {
            return "suspicion of " + suspicion.peer();
        }
        return event instanceof Event.Restart ? "restart" : "start";
    }
}
