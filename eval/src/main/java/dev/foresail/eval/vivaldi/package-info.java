/**
 * Vivaldi (Dabek, Cox, Kaashoek, Morris: Vivaldi, a decentralized network coordinate system, SIGCOMM 2004) as a protocol:
 * {@link dev.foresail.eval.vivaldi.Vivaldi}, started by {@link dev.foresail.eval.vivaldi.VivaldiScenario}. It shares nothing with the
 * coordinates that the runtime itself keeps ({@code dev.foresail.network.coordinate}).
 */
package dev.foresail.eval.vivaldi;
