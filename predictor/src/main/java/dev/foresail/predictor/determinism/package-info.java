/**
 * Finds protocols whose handlers are not functions of what they are given. {@link
 * dev.foresail.predictor.determinism.BytecodeScan} reads the compiled code of a protocol and reports calls whose results
 * differ from run to run; {@link dev.foresail.predictor.determinism.DoubleRun} runs a handler several times from the same
 * state and compares.
 *
 * <p>Reading order of the scan: {@code ClassFile} (what is known of a class), {@code ClassFileReader} (how it comes from
 * bytes), {@code Reach} (which methods a protocol may call), {@code RuleTable} (what it had better not call).
 */
package dev.foresail.predictor.determinism;
