/**
 * One node without any network, for tests of a protocol: {@link dev.foresail.choice.embedded.EmbeddedNode} delivers what
 * the test says and shows what the node does; {@link dev.foresail.choice.embedded.Choices} resolves its choices.
 */
package dev.foresail.choice.embedded;
