package dev.foresail.network.measure;

/** What is known of how a link's figures change. */
enum Stability {
    /** Too little was seen. */
    UNSEEN(0),
    /** It changes by less than a fifth, in the mean: a wire. */
    STABLE(1),
    /** It changes by more: a radio, or a machine of somebody's own. */
    UNSTABLE(2);

    /** Its place in tables. */
    final int place;

    Stability(int place) {
        this.place = place;
    }
}
