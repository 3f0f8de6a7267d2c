/** The variants of RandTree that are compared, and single runs of the schedule, simulated or live. */
package dev.foresail.randtree.trial;
