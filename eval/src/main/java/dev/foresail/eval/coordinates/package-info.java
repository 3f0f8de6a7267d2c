/**
 * How well links are known that were never measured, on measured networks: {@code foresail eval coordinates}. Start at
 * {@link dev.foresail.eval.coordinates.Coordinates}, which runs one {@link dev.foresail.eval.coordinates.NetworkStudy} after
 * the other over the files of {@link dev.foresail.eval.coordinates.StudyData}.
 */
package dev.foresail.eval.coordinates;
