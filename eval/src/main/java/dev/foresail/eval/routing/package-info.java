/** What the overlays of this module have in common: the way to the node that is responsible for a key. */
@NullMarked
package dev.foresail.eval.routing;

import org.jspecify.annotations.NullMarked;
