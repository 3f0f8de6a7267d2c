/**
 * Bamboo (Rhea, Geels, Roscoe, Kubiatowicz: Handling churn in a DHT, USENIX 2004): {@link dev.foresail.eval.bamboo.Bamboo}, which shares the leaf set and routing table of
 * {@link dev.foresail.eval.pastry}. Simulated with {@link dev.foresail.eval.bamboo.BambooScenario}, explored with {@link dev.foresail.eval.bamboo.BambooExploration}.
 */
package dev.foresail.eval.bamboo;
