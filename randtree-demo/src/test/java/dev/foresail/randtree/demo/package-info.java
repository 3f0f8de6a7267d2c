/** Tests of the demo's verb. */
package dev.foresail.randtree.demo;
