package dev.foresail.eval.bamboo;

import dev.foresail.eval.pastry.PastryScenario;

/** {@link Bamboo} as Pastry: nodes come one after the other, and random keys are followed to their roots in the end. */
public final class BambooScenario extends PastryScenario {
    public BambooScenario() {
        super("bamboo");
    }
}
