/**
 * The rules a protocol must keep, one class for each family. {@link dev.foresail.choice.processor.check.Checks} runs them
 * all, so that every mistake is reported in one compile; docs/errors has a page for each code.
 */
package dev.foresail.choice.processor.check;
