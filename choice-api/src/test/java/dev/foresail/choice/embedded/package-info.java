/** Stories told with one embedded node. */
package dev.foresail.choice.embedded;
