/**
 * What is explored: {@link dev.foresail.predictor.model.SystemModel} holds the nodes, the network, what may happen from
 * outside and how often, and the initial worlds; an {@link dev.foresail.predictor.model.ExplorationScenario} describes
 * one; an {@link dev.foresail.predictor.model.Action} is one thing that can happen in a world. The meaning of all of it
 * is written at {@code SystemModel}; two engines obey it: the explorer and the plain reference world.
 */
package dev.foresail.predictor.model;
