/**
 * What a node is told: {@link dev.foresail.steering.config.ConfigurationReader} turns YAML into a
 * {@link dev.foresail.steering.config.NodeConfiguration} or a
 * {@link dev.foresail.steering.config.SimulationConfiguration}, or says everything that is wrong with it at once, with
 * file, line, column and a code (docs/configuration.md). The text is checked for size, depth and aliases before it
 * becomes a tree; a {@code Section} then takes key after key of a map, and what nobody took is a mistake.
 */
package dev.foresail.steering.config;
