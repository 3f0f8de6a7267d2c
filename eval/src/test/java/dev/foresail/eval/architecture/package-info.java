/**
 * What holds for the project as a whole. Start with {@code ArchitectureTest} (who may depend on whom) and {@code
 * SourcesOfChanceTest} (where time and randomness may come from; the exceptions stand in {@code AllowedPlaces}); {@code
 * TidyTest} looks at files rather than classes.
 */
package dev.foresail.eval.architecture;
