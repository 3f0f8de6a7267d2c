/**
 * SkipNet (Harvey, Jones, Saroiu, Theimer, Wolman: SkipNet: a scalable overlay network with practical locality properties, USITS 2003): {@link dev.foresail.eval.skipnet.SkipNet}, whose
 * state is its {@link dev.foresail.eval.skipnet.Rings}. Explored with {@link dev.foresail.eval.skipnet.SkipNetExploration} and simulated with {@link dev.foresail.eval.skipnet.SkipNetScenario}.
 */
package dev.foresail.eval.skipnet;
