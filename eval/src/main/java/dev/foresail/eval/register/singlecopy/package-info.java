/** A register of which each server keeps a copy of its own: linearisable with one server, and with two not. */
package dev.foresail.eval.register.singlecopy;
