/** Superclasses of protocols of another package. */
package dev.foresail.choice.sample.base;
