/**
 * What is read of a protocol class, before anything is checked: {@link dev.foresail.choice.processor.model.ProtocolReader}
 * makes a {@link dev.foresail.choice.processor.model.ProtocolModel} of it.
 */
package dev.foresail.choice.processor.model;
