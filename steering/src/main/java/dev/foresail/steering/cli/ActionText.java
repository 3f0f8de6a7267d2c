package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.model.Action;

/** Actions in words. */
final class ActionText {
    private ActionText() {}

    static String of(Action action) {
        return action.node() + " " + what(action)
                + (action.decisions().isEmpty() ? "" : ", choosing " + action.decisions());
    }

    private static String what(Action action) {
        if (action instanceof Action.Handle handle) {
            return what(handle.event());
        } else if (action instanceof Action.Loss loss) {
            return "never gets " + loss.message() + " from " + loss.from();
        } else if (action instanceof Action.Break broken) {
            return "loses its connection with " + broken.peer();
        }
        return action instanceof Action.Crash
                ? "crashes"
                : action instanceof Action.Restart ? "restarts" : "starts anew, with nothing kept";
    }

    private static String what(Event event) {
        if (event instanceof Event.Delivery delivery) {
            return "receives " + delivery.message() + " from " + delivery.from();
        } else if (event instanceof Event.Call call) {
            return "is asked for " + call.name() + call.arguments();
        } else if (event instanceof Event.TimerFired timer) {
            return "timer " + timer.name();
        } else if (event instanceof Event.ConnectionError error) {
            return "notices that its connection with " + error.peer() + " is broken";
        }
        return event instanceof Event.Start ? "starts" : "restarts";
    }
}
