package dev.foresail.eval.hindsight;

import dev.foresail.predictor.node.Decision;
import java.util.function.Predicate;

/**
 * Which decisions of a run are judged, and how.
 *
 * @param eligible which may be judged; those that did not rest on a prediction are not in any case
 * @param share of those the share that is judged, above 0 and at most 1, drawn from a stream of its own
 * @param most how many at most, as every one of them keeps a snapshot of a part of the system until it is judged
 * @param hops how far the part of the world reaches, in neighbours of neighbours, in which alternatives are tried; what is
 *     further away is taken not to matter within the horizon
 * @param futures how many futures of each alternative are tried, at least 1
 */
public record HindsightSettings(Predicate<Decision> eligible, double share, int most, int hops, int futures) {
    public HindsightSettings {
        if (!(share > 0 && share <= 1) || most < 0 || hops < 1 || futures < 1) {
            throw new IllegalArgumentException("a share above 0 and at most 1, at least 1 hop and 1 future, not "
                    + share + ", " + hops + " and " + futures);
        }
    }
}
