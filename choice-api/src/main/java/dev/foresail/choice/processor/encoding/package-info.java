/**
 * How values of the types that the processor understands are written, read and copied in generated code. Start with
 * {@link dev.foresail.choice.processor.encoding.Encodings}, which finds the encoding of a type or says why there is none.
 */
package dev.foresail.choice.processor.encoding;
