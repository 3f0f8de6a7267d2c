/**
 * Providers of outside information that operators configure: tables of links and the maps of an ALTO server, read from files or over HTTP
 * and read again in the background. Start at {@link dev.foresail.steering.provider.ProviderSettings}.
 */
package dev.foresail.steering.provider;
