/** What simulation tests take in a project of somebody else: {@code foresail eval users-module}. */
package dev.foresail.eval.usersmodule;
