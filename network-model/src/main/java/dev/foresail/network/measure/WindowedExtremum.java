package dev.foresail.network.measure;

/**
 * The smallest or the largest of the values of a sliding window, in constant memory: the best value and the best ones of its
 * later parts, which follow when it has left the window. Times are any unit that grows (nanoseconds, round trips); one that
 * runs backwards must be clamped by the caller.
 *
 * <p>Not thread-safe.
 *
 * <p>Source: Kathleen Nichols' filter, lib/win_minmax.c of Linux (as BBR uses it): after a quarter of the window without a better
 * value a second choice is kept, after half of it a third.
 */
final class WindowedExtremum {
    private final Kind kind;
    private long bestAt;
    private double best = Double.NaN;
    private long secondAt;
    private double second = Double.NaN;
    private long thirdAt;
    private double third = Double.NaN;

    private WindowedExtremum(Kind kind) {
        this.kind = kind;
    }

    /**
     * What many windows share, as every link has some.
     *
     * @param window how long it is
     * @param isOfLargest whether the largest values are kept, else the smallest
     */
    record Kind(long window, boolean isOfLargest) {
        static Kind smallest(long window) {
            return new Kind(window, false);
        }

        static Kind largest(long window) {
            return new Kind(window, true);
        }

        /** A window without values. */
        WindowedExtremum empty() {
            return new WindowedExtremum(this);
        }
    }

    /** Takes a value, which must not be NaN. */
    void observe(double value, long at) {
        if (Double.isNaN(best) || !worseThan(value, best) || at - thirdAt > kind.window()) {
            setThird(value, at);
            setSecond(value, at);
            best = value;
            bestAt = at;
            return;
        }
        if (!worseThan(value, second)) {
            setThird(value, at);
            setSecond(value, at);
        } else if (!worseThan(value, third)) {
            setThird(value, at);
        }
        keepLaterChoices(value, at);
    }

    private boolean worseThan(double value, double other) {
        return kind.isOfLargest() ? value < other : value > other;
    }

    private void keepLaterChoices(double value, long at) {
        long since = at - bestAt;
        long window = kind.window();
        if (since > window) {
            shift(value, at);
            if (at - bestAt > window) {
                shift(value, at);
            }
        } else if (secondAt == bestAt && since > window / 4) {
            setThird(value, at);
            setSecond(value, at);
        } else if (thirdAt == secondAt && since > window / 2) {
            setThird(value, at);
        }
    }

    private void shift(double value, long at) {
        best = second;
        bestAt = secondAt;
        setSecond(third, thirdAt);
        setThird(value, at);
    }

    private void setSecond(double value, long at) {
        second = value;
        secondAt = at;
    }

    private void setThird(double value, long at) {
        third = value;
        thirdAt = at;
    }

    /** The extremum of the window that ends now; NaN when no value is that young. */
    double at(long now) {
        long window = kind.window();
        if (now - bestAt <= window) {
            return best;
        }
        if (now - secondAt <= window) {
            return second;
        }
        return now - thirdAt <= window ? third : Double.NaN;
    }

    /** The extremum as of the latest value, however long ago; NaN before the first. */
    double latest() {
        return best;
    }
}
