/** What settings scenarios refuse. */
package dev.foresail.eval.scenario;
