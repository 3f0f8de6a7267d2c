/**
 * Looking ahead from a snapshot: {@link dev.foresail.predictor.lookahead.RollOutWorld} is the neighbourhood in virtual
 * time, {@link dev.foresail.predictor.lookahead.Evaluator} weighs the alternatives of a choice by roll-outs.
 */
package dev.foresail.predictor.lookahead;
