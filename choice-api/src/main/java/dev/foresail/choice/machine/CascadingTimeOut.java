package dev.foresail.choice.machine;

import java.util.List;

/**
 * A time-out that is shorter than one on which it rests: the layer gives up what a layer below is still at, and does it over.
 *
 * <p>Source: "cascading timeouts" in Engineering Realities of Building a Working Peer-to-Peer System, section 3.2.
 */
public record CascadingTimeOut(TimeOutDescription upper, TimeOutDescription lower) {
    /** All among these, in their order. */
    public static List<CascadingTimeOut> among(List<TimeOutDescription> timeOuts) {
        return timeOuts.stream()
                .flatMap(upper ->
                        timeOuts.stream().filter(upper::isShorterThan).map(lower -> new CascadingTimeOut(upper, lower)))
                .toList();
    }

    /** For people, on one line. */
    public String text() {
        return upper.layer() + " waits " + upper.duration().toMillis() + " ms for " + upper.awaited() + " ("
                + upper.name() + "), but " + lower.layer() + " below it up to "
                + lower.duration().toMillis() + " ms for " + lower.awaited() + " (" + lower.name() + ")";
    }
}
