package dev.foresail.choice.sample.base;

/** Who has a sum. */
public interface Counter {
    int sum();
}
