/** How well steering keeps deployments from violations, and what it costs. */
package dev.foresail.eval.steering;
