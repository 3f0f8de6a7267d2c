package dev.foresail.choice.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything around an embedded node that is not its state. */
final class Outside {
    final List<Sent> sent = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final SortedMap<String, Long> deadlineNanosByTimer = new TreeMap<>();
    final Random random = new Random(0);
    Choices choices = Choices.first();
    long nowNanos;

    /** Resolves a choice; not recorded when there is but one alternative. */
    int decide(String point, List<Object> alternatives) {
        int chosen = alternatives.size() == 1 ? 0 : choices.choose(point, alternatives);
        if (alternatives.size() > 1) {
            decisions.add(new Decision(point, alternatives, alternatives.get(chosen)));
        }
        return chosen;
    }

    /** What takes back everything sent, armed and noted from now on. */
    Runnable undo() {
        int sentBefore = sent.size();
        int notesBefore = notes.size();
        SortedMap<String, Long> timersBefore = new TreeMap<>(deadlineNanosByTimer);
        return () -> {
            sent.subList(sentBefore, sent.size()).clear();
            notes.subList(notesBefore, notes.size()).clear();
            deadlineNanosByTimer.clear();
            deadlineNanosByTimer.putAll(timersBefore);
        };
    }

    /** The timer that is due next, the first by name among those due at once. */
    Optional<Map.Entry<String, Long>> nextTimer() {
        return deadlineNanosByTimer.entrySet().stream().min(Map.Entry.comparingByValue());
    }
}
