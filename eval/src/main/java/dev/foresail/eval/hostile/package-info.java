/**
 * What a node does with peers that send it noise, and with one that lies. Reading order:
 * {@link dev.foresail.eval.hostile.HostilePeer}, {@link dev.foresail.eval.hostile.DecoderTrial},
 * {@link dev.foresail.eval.hostile.Company}, {@link dev.foresail.eval.hostile.Liar}.
 */
package dev.foresail.eval.hostile;
