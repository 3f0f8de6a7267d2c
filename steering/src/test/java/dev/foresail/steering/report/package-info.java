/** Results of experiments and the page that is made of them. */
package dev.foresail.steering.report;
