/**
 * What nodes say to each other, as bytes: {@link dev.foresail.steering.wire.WireCodec}. Frames are written with Kryo,
 * registered types only and every length bounded by what is left; the protocol's own values inside are in the canonical
 * encoding of its machine.
 */
package dev.foresail.steering.wire;
