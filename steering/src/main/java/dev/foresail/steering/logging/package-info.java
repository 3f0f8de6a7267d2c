/** What a node writes to its log because of others: never more than a little, and never but in lines of its own. */
package dev.foresail.steering.logging;
