/**
 * Overcast (Jannotti, Gifford, Johnson, Kaashoek, O'Toole: Overcast, reliable multicasting with an overlay network, OSDI 2000): a tree from one source in which nodes look for
 * places with much bandwidth. Two forms share all but the choice of whom to attach to ({@link dev.foresail.eval.overcast.OvercastNode}): by the published rule
 * ({@link dev.foresail.eval.overcast.Overcast}), and exposed ({@link dev.foresail.eval.overcast.ExposedOvercast}). {@link dev.foresail.eval.overcast.ExposedOverlays} compares how much of the stream nodes get.
 */
package dev.foresail.eval.overcast;
