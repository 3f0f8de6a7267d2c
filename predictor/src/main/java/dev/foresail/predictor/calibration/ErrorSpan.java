package dev.foresail.predictor.calibration;

import dev.foresail.predictor.lookahead.Costs;

/**
 * Places in an ascending row of errors, both included; errors that are equal are in it together or not at all.
 *
 * @param first the place of the least
 * @param last that of the greatest
 */
record ErrorSpan(int first, int last) {
    /**
     * Of the spans that hold at least as many errors as asked the shortest; of equally short ones that which holds least. All, where even they are too few.
     *
     * @param errors ascending, at least one
     * @param asked how many, with a fraction
     */
    static ErrorSpan shortest(double[] errors, double asked) {
        int held = Math.min(errors.length, (int) StrictMath.ceil(asked));
        ErrorSpan best = new ErrorSpan(0, errors.length - 1);
        for (int first = 0; first + held <= errors.length; first++) {
            boolean begins = first == 0 || Costs.differ(errors[first], errors[first - 1]);
            if (begins) {
                ErrorSpan span = new ErrorSpan(first, lastOfEqual(errors, first + held - 1));
                best = span.isBetter(best, errors) ? span : best;
            }
        }
        return best;
    }

    /**
     * This span or a narrower one, so that as many errors as asked lie in the two in the mean: without the end at which fewer errors are equal, as often as that makes up for what is
     * held too much. A span that is a point stays.
     *
     * @param asked how many, with a fraction; a span with fewer stays
     * @param draw from 0 to 1, uniformly distributed
     */
    ErrorSpan smoothed(double[] errors, double asked, double draw) {
        int above = lastOfEqual(errors, first) + 1;
        int below = firstOfEqual(errors, last) - 1;
        if (above > below + 1) {
            return this;
        }
        ErrorSpan narrower = above - first < last - below ? new ErrorSpan(above, last) : new ErrorSpan(first, below);
        double stays = (asked - narrower.held()) / (held() - narrower.held());
        return draw < stays ? this : narrower;
    }

    int held() {
        return last - first + 1;
    }

    private boolean isBetter(ErrorSpan other, double[] errors) {
        double width = width(errors);
        double otherWidth = other.width(errors);
        return Costs.differ(width, otherWidth) ? width < otherWidth : held() < other.held();
    }

    private double width(double[] errors) {
        return errors[last] - errors[first];
    }

    private static int lastOfEqual(double[] errors, int place) {
        int last = place;
        while (last + 1 < errors.length && !Costs.differ(errors[last + 1], errors[last])) {
            last++;
        }
        return last;
    }

    private static int firstOfEqual(double[] errors, int place) {
        int first = place;
        while (first > 0 && !Costs.differ(errors[first - 1], errors[first])) {
            first--;
        }
        return first;
    }
}
