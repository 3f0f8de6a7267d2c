/** Starter projects: {@link dev.foresail.steering.project.StarterProject} writes one from the templates among the resources. */
package dev.foresail.steering.project;
