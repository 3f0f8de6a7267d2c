/** What is done to a RandTree from outside: nodes join, some fail, and come back. */
package dev.foresail.randtree.schedule;
