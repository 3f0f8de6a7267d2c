package dev.foresail.network.measure;

/** What is known of how a link's figures change. */
enum Stability {
    /** Too little was seen. */
    UNSEEN,
    /** It changes by less than a fifth, in the mean: a wire. */
    STABLE,
    /** It changes by more: a radio, or a machine of somebody's own. */
    UNSTABLE
}
