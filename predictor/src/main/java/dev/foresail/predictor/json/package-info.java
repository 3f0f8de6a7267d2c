/**
 * Files of JSON lines, as {@link dev.foresail.predictor.trace traces} and {@link dev.foresail.predictor.snapshot snapshots}
 * are: {@link dev.foresail.predictor.json.JsonLines} reads and writes them, strict and bounded;
 * {@link dev.foresail.predictor.json.JsonObject} is asked for what a line holds.
 */
package dev.foresail.predictor.json;
