package dev.foresail.eval.randtree;

import java.util.List;
import java.util.Map;

/** What is done to the tree: parameters of {@link dev.foresail.randtree.schedule.TreeSchedule}. */
public enum DepthSchedule {
    /** The demo's: half of the nodes fail, and rejoin two seconds later. */
    HALF("half", Map.of()),
    /** The same with the rejoin 200 ms after a failure that is noticed after 1 s: old state is everywhere. */
    HARSH("harsh", Map.of("rejoinAfter", "200ms", "noticedAfter", "1s")),
    /**
     * Five inner nodes die at once and for good; each peer's failure detector notices at a time of its own within one
     * second, and the orphans join again with their subtrees.
     */
    INTERIOR("interior", Map.of("failure", "interior", "noticedWithin", "1s")),
    /** The same, noticed by everybody as soon as the news can have travelled: Joins race what is known of the damage. */
    INTERIOR_AT_ONCE("interior-at-once", Map.of("failure", "interior"));

    private final String label;

    /** Made by Map.of: never changes. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<String, String> parameters;

    DepthSchedule(String label, Map<String, String> parameters) {
        this.label = label;
        this.parameters = parameters;
    }

    /** The name in reports. */
    public String label() {
        return label;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    static List<DepthSchedule> all() {
        return List.of(values());
    }
}
