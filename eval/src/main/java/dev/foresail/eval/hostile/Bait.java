package dev.foresail.eval.hostile;

/** What no decoder has any business with: its name is in mutated frames. */
final class Bait {
    private Bait() {}
}
