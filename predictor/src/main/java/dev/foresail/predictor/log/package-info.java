/**
 * What nodes have done, without log statements (decision 071): {@link dev.foresail.predictor.log.EventRing} keeps the latest of it at each live node,
 * {@link dev.foresail.predictor.log.StepLog} tells it as it happens, {@link dev.foresail.predictor.log.LogText} says it in words.
 */
package dev.foresail.predictor.log;
