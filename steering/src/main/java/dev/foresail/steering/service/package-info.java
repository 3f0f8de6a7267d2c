/** The way in for code that is no protocol: {@link dev.foresail.steering.service.Foresail#choices()}. */
package dev.foresail.steering.service;
