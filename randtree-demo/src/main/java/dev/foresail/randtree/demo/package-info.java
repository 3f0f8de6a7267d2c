/** {@code foresail demo}: RandTree's variants deployed live, compared in a table. */
package dev.foresail.randtree.demo;
