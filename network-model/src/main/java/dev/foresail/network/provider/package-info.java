/**
 * Providers of outside information: what somebody who is no node of the system knows of links, such as an operator's costs (P4P, ALTO) or
 * the figures of a latency service (iPlane). HotOS'09, section 3.3. Start at {@link dev.foresail.network.provider.LinkProvider}.
 */
package dev.foresail.network.provider;
